frappe.listview_settings["Clinic Alert"] = {
	add_fields: ["status"],
	get_indicator(doc) {
		const colour = { Raised: "red", Cleared: "green" }[doc.status];
		return [__(doc.status), colour, `status,=,${doc.status}`];
	},
};
