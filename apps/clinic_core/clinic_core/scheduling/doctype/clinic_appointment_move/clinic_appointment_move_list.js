/* The history of all appointments, and whom to tell of a change; the latest first. */

frappe.listview_settings["Clinic Appointment Move"] = {
	add_fields: ["notify", "new_status"],
	hide_name_column: true,
	formatters: {
		moved_at: (value) => frappe.utils.escape_html(clinic.fmt.datetime(value)),
		new_start: (value) => frappe.utils.escape_html(value ? clinic.fmt.datetime(value) : ""),
	},
	get_indicator(doc) {
		if (doc.notify === "Yes") return [__("Patient is told"), "green", "notify,=,Yes"];
		if (doc.notify === "No") return [__("Patient is not told"), "gray", "notify,=,No"];
		return [__(doc.new_status), "blue", `new_status,=,${doc.new_status}`];
	},
};
