frappe.listview_settings["Clinic Cancellation Rule"] = {
	add_fields: ["is_active"],
	get_indicator: ({ is_active }) =>
		is_active
			? [__("Active"), "green", "is_active,=,1"]
			: [__("Inactive"), "gray", "is_active,=,0"],
};
