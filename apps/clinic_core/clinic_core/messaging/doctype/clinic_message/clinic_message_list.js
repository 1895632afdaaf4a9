/* Messages, the newest first; what needs somebody is one click away. */

frappe.listview_settings["Clinic Message"] = {
	add_fields: [
		"status",
		"error_code",
		"patient",
		"patient_name",
		"recipient",
		"email",
		"channel",
	],
	hide_name_column: true,
	onload: (list) => clinic.messaging.start_messages(list),
	refresh: (list) => clinic.people.mark_list(list),
	formatters: {
		recipient: (value, _df, doc) => {
			const is_mail = doc.channel === "Email";
			const shown = is_mail ? `✉ ${doc.email || ""}` : clinic.fmt.dialled(value);
			const title = is_mail ? __("Email") : __("SMS");
			return `<bdi dir="ltr" class="clinic-recipient" title="${title}">${frappe.utils.escape_html(
				shown
			)}</bdi>`;
		},
		sent_at: (value) => frappe.utils.escape_html(clinic.fmt.datetime(value)),
	},
	get_indicator: (doc) => clinic.messaging.message_indicator(doc),
};
