/* Price levels by kind, and how each stands today (A28). */

frappe.listview_settings["Clinic Service Contract"] = {
	add_fields: ["is_active", "valid_from", "valid_to", "kind", "insurer"],
	hide_name_column: true,
	onload: (list) => clinic.contracts.list.start(list),
	refresh: (list) => clinic.contracts.list.refresh(list),
	get_indicator: (doc) => clinic.contracts.list.indicator(doc),
	formatters: {
		kind: (value) => frappe.utils.escape_html(__(value, null, "contract")),
		valid_from: (value) => frappe.utils.escape_html(clinic.fmt.date(value, { short: true })),
		valid_to: (value) => frappe.utils.escape_html(clinic.fmt.date(value, { short: true })),
	},
};
