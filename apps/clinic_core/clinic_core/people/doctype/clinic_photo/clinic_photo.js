// A picture of a patient (F42): whether it may leave the file is said at once.
frappe.ui.form.on("Clinic Photo", {
	setup(frm) {
		for (const field of ["session", "appointment"]) {
			frm.set_query(field, () => ({ filters: { patient: frm.doc.patient } }));
		}
	},

	refresh(frm) {
		if (frm.is_new()) return;
		const allowed = frm.doc.__onload?.may_publish_now;
		const text = allowed
			? __("This picture may be published.")
			: __("This picture may not be published: the patient has not agreed.");
		frm.set_intro(text, allowed ? "green" : "orange");
		frm.add_custom_button(__("Before and after"), () =>
			clinic.people.photos_dialog({
				patient: frm.doc.patient,
				full_name: frm.doc.patient_name,
			})
		);
	},
});
