/* Colours by state. */

frappe.listview_settings["Clinic Triage"] = {
	add_fields: ["status", "kind"],
	hide_name_column: true,
	get_indicator(doc) {
		const colours = { Active: "blue", Done: "green", Void: "red" };
		return [__(doc.status), colours[doc.status] || "gray", `status,=,${doc.status}`];
	},
};
