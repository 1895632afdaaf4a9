/* Deposits with money left stand out. */

frappe.listview_settings["Clinic Deposit"] = {
	add_fields: ["status", "available"],
	hide_name_column: true,
	get_indicator(doc) {
		const colours = {
			Received: "green",
			"Partly Applied": "blue",
			Applied: "darkgrey",
			Refunded: "orange",
			Cancelled: "red",
		};
		return [__(doc.status), colours[doc.status] || "gray", `status,=,${doc.status}`];
	},
};
