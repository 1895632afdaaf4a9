frappe.listview_settings["Clinic Practitioner"] = {
	add_fields: ["is_active", "kind"],
	get_indicator(doc) {
		return doc.is_active
			? [__("Active"), "green", "is_active,=,1"]
			: [__("Inactive"), "gray", "is_active,=,0"];
	},
};
