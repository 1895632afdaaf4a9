frappe.listview_settings["Clinic Patient Merge"] = {
	add_fields: ["status"],
	hide_name_column: true,
	get_indicator: (doc) => [
		__(doc.status),
		doc.status === "Done" ? "green" : "gray",
		`status,=,${doc.status}`,
	],
	onload(list) {
		list.page.add_inner_button(__("Duplicate files"), () => frappe.set_route("clinic-merge"));
	},
};
