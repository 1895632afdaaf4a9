// Form of a service: its state, its hints, and what one option means for another.
// Wrapped: Frappe evaluates form scripts in the global scope, more than once.
(() => {
	frappe.ui.form.on("Clinic Service", {
		setup(frm) {
			frm.set_query("department", () => ({ filters: { is_active: 1 } }));
		},

		refresh(frm) {
			clinic.catalog.refresh_service_form(frm);
			clinic.catalog.show_price_preview(frm);
			clinic.catalog.show_performance_preview(frm);
			if (frm.doc.show_in_profile) clinic.catalog.view_public(frm, frm.doc.route);
		},

		bookable_online: (frm) => clinic.catalog.follow_online_booking(frm),
		pay_online: (frm) => clinic.catalog.follow_online_payment(frm),
		is_session_based: (frm) => clinic.catalog.follow_session_mode(frm),
	});

	frappe.ui.form.on("Clinic Service Area", {
		areas_remove: (frm) => clinic.catalog.refresh_price_preview(frm),
	});
})();
