frappe.listview_settings["Clinic Proforma"] = {
	add_fields: ["status", "valid_until", "proforma_no"],
	hide_name_column: true,
	get_indicator: (doc) => clinic.contracts.proforma.indicator(doc),
	formatters: {
		proforma_no: (value) =>
			`<bdi dir="ltr">${frappe.utils.escape_html(clinic.fmt.code(value || ""))}</bdi>`,
		issued_on: (value) => frappe.utils.escape_html(clinic.fmt.date(value, { short: true })),
		valid_until: (value) => frappe.utils.escape_html(clinic.fmt.date(value, { short: true })),
	},
};
