/* Who waits: the urgent ones and those who have waited longest first. */

frappe.listview_settings["Clinic Waiting List Entry"] = {
	add_fields: ["status", "patient", "patient_name", "is_urgent", "to_date"],
	filters: [["status", "in", ["Waiting", "Offered"]]],
	hide_name_column: true,
	onload(list) {
		list.page.add_inner_button(__("Times that became free"), () =>
			clinic.scheduling.waiting_panel()
		);
	},
	refresh: (list) => clinic.people.mark_list(list),
	formatters: {
		from_date: (value) => frappe.utils.escape_html(clinic.fmt.date(value, { short: true })),
		to_date: (value) => frappe.utils.escape_html(clinic.fmt.date(value, { short: true })),
		is_urgent: (value) =>
			value ? `<span class="indicator-pill red">${__("Urgent")}</span>` : "",
	},
	get_indicator(doc) {
		const colours = {
			Waiting: "orange",
			Offered: "purple",
			Booked: "green",
			Expired: "gray",
			Withdrawn: "darkgrey",
		};
		return [__(doc.status), colours[doc.status] || "gray", `status,=,${doc.status}`];
	},
};
