frappe.listview_settings["Clinic Data Request"] = {
	add_fields: ["status", "due_on", "kind"],
	hide_name_column: true,
	get_indicator(doc) {
		const is_open = ["Received", "Verified", "In Progress"].includes(doc.status);
		if (is_open && doc.due_on < frappe.datetime.get_today()) {
			return [__("Overdue"), "red", `due_on,<,${frappe.datetime.get_today()}`];
		}
		const colours = {
			Received: "blue",
			Verified: "purple",
			"In Progress": "yellow",
			Done: "green",
		};
		return [__(doc.status), colours[doc.status] || "gray", `status,=,${doc.status}`];
	},
};
