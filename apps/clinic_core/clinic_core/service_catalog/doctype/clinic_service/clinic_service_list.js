frappe.listview_settings["Clinic Service"] = {
	add_fields: ["status", "is_session_based", "session_count", "priority"],
	hide_name_column: true,
	get_indicator(doc) {
		return [
			__(doc.status),
			doc.status === "Active" ? "green" : "gray",
			`status,=,${doc.status}`,
		];
	},
};
