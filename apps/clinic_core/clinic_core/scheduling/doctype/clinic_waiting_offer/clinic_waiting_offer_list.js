/* Offers with how they ended; they are answered in the panel. */

frappe.listview_settings["Clinic Waiting Offer"] = {
	add_fields: ["status", "patient", "patient_name"],
	hide_name_column: true,
	onload(list) {
		list.page.add_inner_button(__("Times that became free"), () =>
			clinic.scheduling.waiting_panel()
		);
	},
	refresh: (list) => clinic.people.mark_list(list),
	formatters: {
		start: (value) => frappe.utils.escape_html(clinic.fmt.datetime(value)),
		expires_at: (value) => frappe.utils.escape_html(clinic.fmt.datetime(value)),
	},
	get_indicator(doc) {
		const colours = {
			Open: "purple",
			Accepted: "green",
			Declined: "orange",
			Expired: "gray",
			Withdrawn: "darkgrey",
		};
		return [__(doc.status), colours[doc.status] || "gray", `status,=,${doc.status}`];
	},
};
