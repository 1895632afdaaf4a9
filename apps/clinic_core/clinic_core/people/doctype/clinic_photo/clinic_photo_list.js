frappe.listview_settings["Clinic Photo"] = {
	hide_name_column: true,
	get_indicator(doc) {
		const colour = { Before: "blue", During: "orange", After: "green" }[doc.stage];
		return [__(doc.stage), colour, `stage,=,${doc.stage}`];
	},
};
