// Form of an activity: a planned one is done by recording another on it (C017).
frappe.ui.form.on("Clinic Activity", {
	setup(frm) {
		frm.set_query("assigned_to", () => ({
			filters: { user_type: "System User", enabled: 1 },
		}));
		for (const field of ["contact_method", "feedback", "team"]) {
			frm.set_query(field, () => ({ filters: { is_active: 1 } }));
		}
		frm.set_query("lead", () => ({ filters: { status: ["!=", "Closed Opportunity"] } }));
	},

	refresh(frm) {
		if (frm.is_new()) {
			if (!frm.doc.date) frm.set_value("date", frappe.datetime.get_today());
			return;
		}
		if (frm.doc.status === "Not Done" && frm.perm[0]?.write) {
			frm.add_custom_button(__("Record what was done"), () =>
				clinic.pipeline.open_activity({
					lead: { name: frm.doc.lead, title: frm.doc.title },
					activity: frm.doc,
					on_done: () => frm.reload_doc(),
				})
			);
			frm.change_custom_button_type(__("Record what was done"), null, "primary");
		}
		if (frm.doc.lead) {
			frm.add_custom_button(__("Open lead"), () =>
				frappe.set_route("Form", "Clinic Lead", frm.doc.lead)
			);
		}
	},

	date_type(frm) {
		if (frm.doc.date_type === "Current Date")
			frm.set_value("date", frappe.datetime.get_today());
	},

	async lead(frm) {
		if (!frm.doc.lead || !frm.is_new()) return;
		const { message } = await frappe.db.get_value("Clinic Lead", frm.doc.lead, [
			"person_type",
			"contact",
			"patient",
			"team",
		]);
		frm.set_value(message);
	},
});
