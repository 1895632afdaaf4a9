/* Colours by state; who waits is seen first. */

frappe.listview_settings["Clinic Visit"] = {
	add_fields: ["status", "arrived_at", "is_immediate", "patient"],
	refresh: (list) => clinic.people.mark_list(list),
	hide_name_column: true,
	formatters: {
		visit_no: (value) => frappe.utils.escape_html(clinic.fmt.code(value)),
		arrived_at: (value) => frappe.utils.escape_html(clinic.fmt.datetime(value)),
	},
	get_indicator(doc) {
		const colours = {
			Waiting: "orange",
			Triaged: "blue",
			"In Service": "purple",
			Done: "green",
			Closed: "darkgrey",
			Cancelled: "red",
		};
		return [__(doc.status), colours[doc.status] || "gray", `status,=,${doc.status}`];
	},
};
