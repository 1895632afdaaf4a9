/* Active and inactive services apart, what each column means at a glance, and the ways on from here. */

frappe.listview_settings["Clinic Service"] = {
	add_fields: ["status", "is_session_based", "session_count", "priority", "photo"],
	hide_name_column: true,
	filters: [["status", "=", "Active"]],
	onload: (list) => clinic.catalog.service_list.start(list),
	refresh: (list) => clinic.catalog.service_list.refresh(list),
	get_indicator(doc) {
		return [
			__(doc.status, null, "Clinic Service"),
			doc.status === "Active" ? "green" : "gray",
			`status,=,${doc.status}`,
		];
	},
	formatters: {
		duration_minutes: (value) => frappe.utils.escape_html(clinic.fmt.duration(value || 0)),
		reminder_days: (value) => (value ? __("after {0} days", [clinic.fmt.number(value)]) : "—"),
		is_session_based: (value, df, doc) =>
			clinic.catalog.service_list.sessions_cell(value, doc),
	},
};

clinic.catalog.service_list.show_titles();
