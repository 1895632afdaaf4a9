frappe.listview_settings["Clinic Patient"] = {
	add_fields: ["status", "full_name", "alerts"],
	hide_name_column: true,
	get_indicator(doc) {
		const colour = { Active: "green", Blocked: "red", Merged: "gray" }[doc.status];
		return [__(doc.status), colour, `status,=,${doc.status}`];
	},
};
