frappe.listview_settings["Clinic Patient Alert"] = {
	add_fields: ["severity", "is_active", "patient_name"],
	hide_name_column: true,
	get_indicator(doc) {
		if (!doc.is_active) return [__("Switched off"), "gray", "is_active,=,0"];
		const colour = { Info: "blue", Warning: "orange", Danger: "red" }[doc.severity];
		return [__(doc.severity), colour, `severity,=,${doc.severity}`];
	},
};
