/* A message: sent again or asked about from here; nothing of it is typed. */

frappe.ui.form.on("Clinic Message", {
	refresh: (frm) => clinic.messaging.refresh_message(frm),
});
