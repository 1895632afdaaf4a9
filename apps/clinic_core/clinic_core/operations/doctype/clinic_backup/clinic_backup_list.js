frappe.listview_settings["Clinic Backup"] = {
	add_fields: ["status"],
	get_indicator(doc) {
		const colour = { Running: "blue", Verified: "green", Failed: "red" }[doc.status] || "orange";
		return [__(doc.status), colour, `status,=,${doc.status}`];
	},
};
