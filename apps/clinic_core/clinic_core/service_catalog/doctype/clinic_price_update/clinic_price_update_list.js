// Drafts, what is scheduled, what is in force and what was taken back, at a glance.
frappe.listview_settings["Clinic Price Update"] = {
	add_fields: ["valid_from", "docstatus", "status"],
	hide_name_column: true,
	has_indicator_for_draft: true,
	has_indicator_for_cancelled: true,
	get_indicator: (doc) => clinic.catalog.price_update.indicator(doc),
};
