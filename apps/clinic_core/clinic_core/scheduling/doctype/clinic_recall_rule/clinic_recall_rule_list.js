/* Rules in use first at a glance. */

frappe.listview_settings["Clinic Recall Rule"] = {
	add_fields: ["is_active"],
	hide_name_column: true,
	get_indicator(doc) {
		return doc.is_active
			? [__("Active"), "green", "is_active,=,1"]
			: [__("Inactive"), "gray", "is_active,=,0"];
	},
};
