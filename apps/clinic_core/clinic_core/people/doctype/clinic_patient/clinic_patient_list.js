frappe.listview_settings["Clinic Patient"] = {
	add_fields: ["status", "full_name", "alerts"],
	hide_name_column: true,
	formatters: {
		file_no: (value) => frappe.utils.escape_html(clinic.fmt.code(value)),
		mobile: (value) => frappe.utils.escape_html(clinic.fmt.code(value)),
	},
	get_indicator(doc) {
		const colour = { Active: "green", Blocked: "red", Merged: "gray" }[doc.status];
		return [__(doc.status), colour, `status,=,${doc.status}`];
	},
};
