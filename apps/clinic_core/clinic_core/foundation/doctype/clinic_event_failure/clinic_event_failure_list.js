frappe.listview_settings["Clinic Event Failure"] = {
	add_fields: ["status"],
	get_indicator(doc) {
		const colour = { Open: "orange", Resolved: "green", "Given Up": "red" }[doc.status];
		return [__(doc.status), colour, `status,=,${doc.status}`];
	},
};
