/* Two people of one name are told apart by file, phone, age and gender (G20); who is new (D50). */

frappe.listview_settings["Clinic Patient"] = {
	add_fields: [
		"status",
		"full_name",
		"alerts",
		"birth_date",
		"is_returning",
		"name_is_placeholder",
		"last_visit_on",
	],
	hide_name_column: true,
	refresh: (listview) => clinic.people.decorate_list(listview),
	formatters: {
		file_no: (value) => frappe.utils.escape_html(clinic.fmt.code(value)),
		mobile: (value) => frappe.utils.escape_html(clinic.fmt.code(clinic.fmt.dialled(value))),
		gender: (value, _df, doc) => {
			const age = clinic.people.patient_form.age_text(doc.birth_date);
			return frappe.utils.escape_html([value && __(value), age].filter(Boolean).join(" · "));
		},
		last_visit_on: (value) =>
			frappe.utils.escape_html(
				value ? clinic.fmt.date(value, { short: true }) : __("Never here")
			),
	},
	primary_action: () =>
		clinic.people.register_dialog({
			on_select: ({ name }) => frappe.set_route("Form", "Clinic Patient", name),
		}),
	onload(list) {
		clinic.people.offer_tag_filter(list);
		if (frappe.model.can_read("Clinic Merge Suggestion"))
			list.page.add_menu_item(__("Duplicate files"), () => frappe.set_route("clinic-merge"));
	},
	get_indicator(doc) {
		if (doc.status === "Active") {
			if (doc.name_is_placeholder) {
				return [__("Name to be corrected"), "orange", "name_is_placeholder,=,1"];
			}
			return doc.is_returning
				? [__("Returning"), "green", "is_returning,=,1"]
				: [__("New", null, "Patient"), "blue", "is_returning,=,0|status,=,Active"];
		}
		const colour = { Blocked: "red", Merged: "gray", Erased: "darkgrey" }[doc.status];
		return [__(doc.status), colour, `status,=,${doc.status}`];
	},
};
