frappe.listview_settings["Clinic Holiday"] = {
	add_fields: ["is_closed", "is_estimated"],
	hide_name_column: true,
	get_indicator(doc) {
		if (!doc.is_closed) return [__("Open"), "green", "is_closed,=,0"];
		if (doc.is_estimated) return [__("Estimated"), "orange", "is_estimated,=,1"];
		return [__("Closed"), "gray", "is_closed,=,1"];
	},
};
