/* Messages, the newest first; what needs somebody is one click away. */

frappe.listview_settings["Clinic Message"] = {
	add_fields: ["status", "error_code", "patient", "patient_name", "recipient"],
	hide_name_column: true,
	onload: (list) => clinic.messaging.start_messages(list),
	refresh: (list) => clinic.people.mark_list(list),
	get_indicator: (doc) => clinic.messaging.message_indicator(doc),
};
