/* Who is to be called again: due and overdue ones first, the call one click away. */

frappe.listview_settings["Clinic Recall"] = {
	add_fields: [
		"status",
		"patient",
		"patient_name",
		"service",
		"practitioner",
		"due_on",
		"next_on",
		"attempts",
		"note",
	],
	filters: [["next_on", "is", "set"]],
	hide_name_column: true,
	onload: (list) => clinic.scheduling.recalls.start(list),
	refresh: (list) => clinic.people.mark_list(list),
	formatters: {
		next_on: (value) => frappe.utils.escape_html(clinic.fmt.date(value, { short: true })),
	},
	button: {
		show: (doc) => Boolean(doc.next_on) && frappe.model.can_write("Clinic Recall"),
		get_label: () => __("Called", null, "Clinic Recall"),
		get_description: (doc) => __("What did the call to {0} come to?", [doc.patient_name]),
		action: (doc) => clinic.scheduling.recalls.follow(doc),
	},
	get_indicator(doc) {
		const colours = {
			Due: "orange",
			Contacted: "blue",
			"Not Reached": "red",
			Booked: "green",
			Declined: "darkgrey",
			Done: "gray",
		};
		const late = doc.next_on && doc.next_on < clinic.fmt.today();
		// Of one nobody has called yet, that it is late says enough.
		const late_due = late && doc.status === "Due";
		const text = late_due ? __("Overdue") : __(doc.status, null, "Clinic Recall");
		return [text, late ? "red" : colours[doc.status] || "gray", `status,=,${doc.status}`];
	},
};
