frappe.listview_settings["Clinic Lead Form"] = {
	add_fields: ["status", "visibility"],
	get_indicator(doc) {
		if (doc.status !== "Active") return [__("Inactive"), "gray", "status,=,Inactive"];
		if (doc.visibility === "Private") return [__("Private"), "orange", "visibility,=,Private"];
		return [__("Public"), "green", "visibility,=,Public"];
	},
};
