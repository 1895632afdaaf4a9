frappe.listview_settings["Clinic Import"] = {
	hide_name_column: true,
	onload(list) {
		list.page.set_primary_action(
			__("New import"),
			() => frappe.set_route("clinic-importing"),
			"add"
		);
	},
	button: {
		show: () => true,
		get_label: () => __("Open"),
		get_description: (doc) => doc.title,
		action: (doc) => frappe.set_route("clinic-importing", doc.name),
	},
	get_indicator(doc) {
		const colours = {
			Draft: "gray",
			Running: "blue",
			Complete: doc.failed_count ? "orange" : "green",
			Cancelled: "gray",
			Failed: "red",
			"Taking Back": "blue",
			"Taken Back": "gray",
		};
		return [__(doc.status), colours[doc.status], `status,=,${doc.status}`];
	},
	add_fields: ["failed_count"],
};
