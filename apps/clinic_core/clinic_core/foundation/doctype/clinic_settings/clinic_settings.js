// Clinic Settings: what a setting means outside of the desk.
// Wrapped: Frappe evaluates form scripts in the global scope, more than once.
(() => {
	frappe.ui.form.on("Clinic Settings", {
		refresh(frm) {
			if (!frm.doc.online_booking) return;
			frm.add_custom_button(__("Booking on your web site"), () =>
				clinic.scheduling.embed_dialog(frm.doc.online_embed_origins)
			);
		},
	});
})();
