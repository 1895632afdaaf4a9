frappe.listview_settings["Clinic Session Plan"] = {
	add_fields: ["status", "session_count"],
	hide_name_column: true,
	get_indicator(doc) {
		const colours = { Active: "blue", Completed: "green", Cancelled: "darkgrey" };
		return [__(doc.status), colours[doc.status] || "gray", `status,=,${doc.status}`];
	},
	button: {
		show: () => true,
		get_label: () => __("Sessions"),
		get_description: (doc) => doc.title,
		action: (doc) => clinic.scheduling.plan_dialog([doc.name]),
	},
};
