frappe.listview_settings["Clinic Consent"] = {
	add_fields: ["decision"],
	hide_name_column: true,
	get_indicator(doc) {
		const colour = { Given: "green", Refused: "red", Withdrawn: "orange" }[doc.decision];
		return [__(doc.decision), colour, `decision,=,${doc.decision}`];
	},
};
