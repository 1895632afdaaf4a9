// Form of a contact: on to a lead or to its patient.
frappe.ui.form.on("Clinic Contact", {
	refresh(frm) {
		if (frm.is_new()) return;
		if (frappe.model.can_create("Clinic Lead")) {
			frm.add_custom_button(__("New lead"), () =>
				frappe.new_doc("Clinic Lead", { person_type: "Contact", contact: frm.doc.name })
			);
		}
		frm.add_custom_button(__("Leads"), () =>
			frappe.set_route("List", "Clinic Lead", { contact: frm.doc.name })
		);
		if (frm.doc.patient) {
			frm.add_custom_button(__("Open patient"), () =>
				frappe.set_route("Form", "Clinic Patient", frm.doc.patient)
			);
		}
	},
});
