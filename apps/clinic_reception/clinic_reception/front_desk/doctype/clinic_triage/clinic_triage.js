/* A triage is voided with a reason, never changed. */

frappe.ui.form.on("Clinic Triage", {
	refresh(frm) {
		frm.disable_save();
		if (frm.is_new() || frm.doc.status !== "Active") return;
		frm.add_custom_button(__("Void"), () =>
			clinic.ui.confirm_reason({
				title: __("Void this triage"),
				on_confirm: async (reason, button) => {
					await clinic.command(
						"clinic_reception.front_desk.api.void_triage",
						{ triage: frm.doc.name, reason },
						{ button }
					);
					frm.reload_doc();
				},
			})
		);
	},
});
