frappe.listview_settings["Clinic Entitlement"] = {
	add_fields: ["status", "valid_to"],
	hide_name_column: true,
	get_indicator(doc) {
		const colours = {
			Active: "green",
			"Used Up": "gray",
			Expired: "orange",
			Cancelled: "darkgrey",
		};
		return [__(doc.status), colours[doc.status] || "gray", `status,=,${doc.status}`];
	},
};
