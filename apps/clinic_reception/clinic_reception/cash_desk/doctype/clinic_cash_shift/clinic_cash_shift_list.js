/* Open shifts first; a difference is red. */

frappe.listview_settings["Clinic Cash Shift"] = {
	add_fields: ["status", "difference"],
	hide_name_column: true,
	get_indicator(doc) {
		if (doc.status === "Open") return [__("Open"), "green", "status,=,Open"];
		if (doc.difference) return [__("Closed with a difference"), "red", "difference,!=,0"];
		return [__("Closed"), "darkgrey", "status,=,Closed"];
	},
};
