/* Deposits change through payments only. */

frappe.ui.form.on("Clinic Deposit", {
	refresh(frm) {
		frm.disable_save();
		if (!frm.is_new())
			frm.add_custom_button(__("Statement"), () =>
				clinic.statement?.open(frm.doc.patient, "deposits")
			);
	},
});
