frappe.listview_settings["Clinic Job Run"] = {
	add_fields: ["status"],
	get_indicator(doc) {
		const colours = {
			Running: "blue",
			Done: "green",
			Failed: "red",
			"Ended Without a Word": "red",
		};
		return [__(doc.status), colours[doc.status], `status,=,${doc.status}`];
	},
};
