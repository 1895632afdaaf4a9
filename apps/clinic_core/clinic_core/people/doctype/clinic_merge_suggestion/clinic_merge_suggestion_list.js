frappe.listview_settings["Clinic Merge Suggestion"] = {
	add_fields: ["status", "score"],
	hide_name_column: true,
	get_indicator(doc) {
		const colour = { Open: "orange", Merged: "green" }[doc.status] || "gray";
		return [__(doc.status), colour, `status,=,${doc.status}`];
	},
	onload(list) {
		list.page.add_inner_button(__("Side by side"), () => frappe.set_route("clinic-merge"));
	},
};
