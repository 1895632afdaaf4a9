/* What is charged and what was waived at a glance. */

frappe.listview_settings["Clinic Penalty"] = {
	add_fields: ["status"],
	hide_name_column: true,
	get_indicator: ({ status }) => [
		__(status),
		status === "Charged" ? "orange" : "gray",
		`status,=,${status}`,
	],
};
