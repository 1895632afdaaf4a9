/* A gateway: whether it is well, and going on after a pause. */

frappe.ui.form.on("Clinic SMS Gateway", {
	refresh: (frm) => clinic.messaging.refresh_gateway(frm),
});
