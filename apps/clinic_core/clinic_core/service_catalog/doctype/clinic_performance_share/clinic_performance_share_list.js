// List of shares: what somebody earns first, with whether it still holds.
frappe.listview_settings["Clinic Performance Share"] = {
	add_fields: ["is_active", "valid_from", "valid_to"],
	hide_name_column: true,

	get_indicator(doc) {
		const today = clinic.fmt.today();
		if (!doc.is_active || (doc.valid_to && doc.valid_to < today)) {
			return [__("Not in force"), "gray", "is_active,=,0"];
		}
		if (doc.valid_from > today) return [__("From later on"), "orange", "is_active,=,1"];
		return [__("In force"), "green", "is_active,=,1"];
	},
};
