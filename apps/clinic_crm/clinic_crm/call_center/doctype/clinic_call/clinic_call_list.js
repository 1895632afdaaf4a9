frappe.listview_settings["Clinic Call"] = {
	add_fields: ["status", "direction"],
	hide_name_column: true,
	get_indicator(doc) {
		const colours = {
			Ringing: "blue",
			Answered: "green",
			Ended: "green",
			Missed: "red",
			Busy: "orange",
			Failed: "red",
		};
		return [__(doc.status), colours[doc.status], `status,=,${doc.status}`];
	},
};
