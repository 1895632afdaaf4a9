/* Money in is green, money out is orange, undone is red. */

frappe.listview_settings["Clinic Payment"] = {
	add_fields: ["status", "direction", "purpose", "docstatus", "patient"],
	refresh: (list) => clinic.people.mark_list(list),
	hide_name_column: true,
	formatters: {
		receipt_no: (value) => frappe.utils.escape_html(clinic.fmt.code(value)),
		posted_at: (value) => frappe.utils.escape_html(clinic.fmt.datetime(value)),
	},
	get_indicator(doc) {
		if (doc.docstatus === 0) return [__("Draft"), "gray", "docstatus,=,0"];
		if (doc.docstatus === 2) return [__("Undone"), "red", "docstatus,=,2"];
		if (doc.direction === "Refund") return [__("Refund"), "orange", "direction,=,Refund"];
		const deposit = doc.purpose === "Deposit";
		return [
			deposit ? __("Deposit") : __("Received"),
			deposit ? "blue" : "green",
			"docstatus,=,1",
		];
	},
};
