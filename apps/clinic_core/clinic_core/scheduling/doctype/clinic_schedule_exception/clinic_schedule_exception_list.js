frappe.listview_settings["Clinic Schedule Exception"] = {
	add_fields: ["is_active", "kind", "start", "end"],
	hide_name_column: true,
	onload(list) {
		if (!frappe.model.can_create("Clinic Schedule Exception")) return;
		// Three clicks from a power cut to a moved day (G08): this one, save, move.
		list.page.add_inner_button(__("Close tomorrow"), () =>
			close_day(frappe.datetime.add_days(frappe.datetime.get_today(), 1))
		);
	},
	get_indicator(doc) {
		if (!doc.is_active) return [__("Inactive"), "gray", "is_active,=,0"];
		const now = frappe.datetime.now_datetime();
		if (doc.end < now) return [__("Past"), "gray", `end,<,${now}`];
		if (doc.kind === "Extra Shift") return [__("Extra Shift"), "green", "kind,=,Extra Shift"];
		return [__(doc.kind), "orange", `kind,=,${doc.kind}`];
	},
};

// Frappe takes only words and links along to a new form: times are put in here.
function close_day(day) {
	const doctype = "Clinic Schedule Exception";
	frappe.model.with_doctype(doctype, () => {
		const doc = frappe.model.get_new_doc(doctype, null, null, true);
		doc.kind = "Closure";
		doc.start = `${day} 00:00:00`;
		doc.end = `${frappe.datetime.add_days(day, 1)} 00:00:00`;
		frappe.set_route("Form", doctype, doc.name);
	});
}
