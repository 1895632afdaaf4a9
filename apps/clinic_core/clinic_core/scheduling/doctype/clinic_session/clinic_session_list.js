frappe.listview_settings["Clinic Session"] = {
	add_fields: ["status", "is_excused"],
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
};
