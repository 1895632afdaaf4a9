/* Paid, partly paid and unpaid receptions at a glance. */

frappe.listview_settings["Clinic Reception"] = {
	add_fields: ["status", "outstanding", "patient_share", "docstatus", "patient"],
	refresh: (list) => clinic.people.mark_list(list),
	hide_name_column: true,
	formatters: {
		reception_no: (value) => frappe.utils.escape_html(clinic.fmt.code(value)),
		posted_at: (value) => frappe.utils.escape_html(clinic.fmt.datetime(value)),
	},
	get_indicator(doc) {
		if (doc.docstatus === 0) return [__("Draft"), "gray", "docstatus,=,0"];
		if (doc.docstatus === 2) return [__("Cancelled"), "red", "docstatus,=,2"];
		if (!doc.outstanding) return [__("Paid"), "green", "outstanding,=,0|docstatus,=,1"];
		const partly = doc.outstanding < doc.patient_share;
		return [
			partly ? __("Partly paid") : __("Unpaid"),
			"orange",
			"outstanding,>,0|docstatus,=,1",
		];
	},
};
