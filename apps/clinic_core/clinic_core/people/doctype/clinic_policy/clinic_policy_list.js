frappe.listview_settings["Clinic Policy"] = {
	add_fields: ["status", "version_no"],
	hide_name_column: true,
	get_indicator(doc) {
		const colour = { Draft: "gray", Published: "green", Retired: "orange" }[doc.status];
		return [__(doc.status), colour, `status,=,${doc.status}`];
	},
};
