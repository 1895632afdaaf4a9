/* Messages, the newest first; what needs somebody is one click away. */

frappe.listview_settings["Clinic Message"] = {
	add_fields: ["status", "error_code", "patient", "patient_name", "recipient"],
	hide_name_column: true,
	onload: (list) => clinic.messaging.start_messages(list),
	refresh: (list) => clinic.people.mark_list(list),
	formatters: {
		recipient: (value) =>
			`<bdi dir="ltr">${frappe.utils.escape_html(clinic.fmt.dialled(value))}</bdi>`,
		sent_at: (value) => frappe.utils.escape_html(clinic.fmt.datetime(value)),
	},
	get_indicator: (doc) => clinic.messaging.message_indicator(doc),
};
