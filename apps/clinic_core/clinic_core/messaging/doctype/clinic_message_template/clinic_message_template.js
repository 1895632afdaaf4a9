/* A template: its texts as they arrive, while they are typed. */

frappe.ui.form.on("Clinic Message Template", {
	refresh: (frm) => clinic.messaging.refresh_template(frm),
	purpose: (frm) => clinic.messaging.refresh_template(frm),
	by_email: (frm) => clinic.messaging.refresh_template(frm),
});

frappe.ui.form.on("Clinic Message Text", {
	text: (frm) => clinic.messaging.refresh_template(frm),
	subject: (frm) => clinic.messaging.refresh_template(frm),
	language: (frm) => clinic.messaging.refresh_template(frm),
	texts_remove: (frm) => clinic.messaging.refresh_template(frm),
});
