frappe.listview_settings["Clinic Article"] = {
	add_fields: ["status", "published_on"],
	hide_name_column: true,
	get_indicator(doc) {
		if (doc.status !== "Published") return [__("Draft"), "orange", "status,=,Draft"];
		if (doc.published_on > frappe.datetime.get_today()) {
			return [__("Scheduled"), "blue", "status,=,Published"];
		}
		return [__("Published"), "green", "status,=,Published"];
	},
};
