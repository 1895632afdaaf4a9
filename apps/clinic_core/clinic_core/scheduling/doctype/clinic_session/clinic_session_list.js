frappe.listview_settings["Clinic Session"] = {
	add_fields: ["status", "is_excused", "session_plan"],
	hide_name_column: true,
	get_indicator(doc) {
		const colours = {
			Planned: "gray",
			Booked: "blue",
			Attended: "green",
			Absent: "orange",
			Burnt: "red",
			Cancelled: "darkgrey",
		};
		return [__(doc.status), colours[doc.status] || "gray", `status,=,${doc.status}`];
	},
	// Whoever missed one is seen here first: from here the rest is planned or moved.
	button: {
		show: (doc) => ["Planned", "Booked", "Absent"].includes(doc.status),
		get_label: () => __("Plan"),
		get_description: (doc) => doc.title,
		action: (doc) => clinic.scheduling.plan_dialog([doc.session_plan]),
	},
};
