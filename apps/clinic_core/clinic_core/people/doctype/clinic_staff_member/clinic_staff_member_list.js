frappe.listview_settings["Clinic Staff Member"] = {
	add_fields: ["status", "login_allowed", "user"],
	get_indicator(doc) {
		if (doc.status === "Departed") return [__("Departed"), "gray", "status,=,Departed"];
		if (doc.status === "Leaving") return [__("Leaving"), "orange", "status,=,Leaving"];
		if (!doc.login_allowed) return [__("No login"), "yellow", "login_allowed,=,0"];
		return [__("Active"), "green", "status,=,Active"];
	},
};
