// List of activities: what is overdue stands out.
frappe.listview_settings["Clinic Activity"] = {
	add_fields: ["status", "date", "end_date", "priority"],
	hide_name_column: true,
	get_indicator(doc) {
		if (doc.status === "Done") return [__("Done"), "green", "status,=,Done"];
		const last_day = doc.end_date || doc.date;
		if (last_day < frappe.datetime.get_today()) {
			return [
				__("Overdue"),
				"red",
				`status,=,Not Done|date,<,${frappe.datetime.get_today()}`,
			];
		}
		return [__("Not Done"), "orange", "status,=,Not Done"];
	},
};
