frappe.listview_settings["Clinic Insurer"] = {
	add_fields: ["is_active", "kind"],
	hide_name_column: true,
	get_indicator: (doc) =>
		doc.is_active
			? [__("Active", null, "insurer"), "green", "is_active,=,1"]
			: [__("Inactive"), "gray", "is_active,=,0"],
};
