/* Colours by state; the newest day first. */

frappe.listview_settings["Clinic Appointment"] = {
	add_fields: ["status", "start", "patient", "patient_name"],
	refresh: (list) => clinic.people.mark_list(list),
	hide_name_column: true,
	formatters: {
		start: (value) => frappe.utils.escape_html(clinic.fmt.datetime(value)),
	},
	get_indicator(doc) {
		const colours = {
			Held: "gray",
			Booked: "blue",
			Confirmed: "purple",
			Arrived: "orange",
			Admitted: "yellow",
			Completed: "green",
			Cancelled: "darkgrey",
			"No Show": "red",
		};
		return [__(doc.status), colours[doc.status] || "gray", `status,=,${doc.status}`];
	},
};
