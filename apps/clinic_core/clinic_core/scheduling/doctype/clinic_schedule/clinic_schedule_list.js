frappe.listview_settings["Clinic Schedule"] = {
	add_fields: ["is_active", "valid_from", "valid_to"],
	hide_name_column: true,
	get_indicator(doc) {
		const today = frappe.datetime.get_today();
		if (!doc.is_active) return [__("Inactive"), "gray", "is_active,=,0"];
		if (doc.valid_to && doc.valid_to < today)
			return [__("Past"), "gray", `valid_to,<,${today}`];
		if (doc.valid_from > today) return [__("Coming"), "blue", `valid_from,>,${today}`];
		return [__("In force"), "green", "is_active,=,1"];
	},
};
