frappe.listview_settings["Clinic Tag Rule"] = {
	add_fields: ["status", "is_active"],
	hide_name_column: true,
	get_indicator(doc) {
		const colour = { "Never Run": "gray", Running: "blue", Done: "green", Invalid: "red" };
		return [__(doc.status), colour[doc.status], `status,=,${doc.status}`];
	},
};
