// Form of a contract: what it covers, quick dates, renewal; see public/js/service_catalog/contracts.
// Wrapped: Frappe evaluates form scripts in the global scope, more than once.
(() => {
	frappe.ui.form.on("Clinic Service Contract", {
		setup: (frm) => clinic.contracts.form.set_up(frm),
		refresh: (frm) => clinic.contracts.form.refresh(frm),
		kind: (frm) => clinic.contracts.form.follow_kind(frm),
		valid_from: (frm) => clinic.contracts.form.say_days(frm),
		valid_to: (frm) => clinic.contracts.form.say_days(frm),
	});

	frappe.ui.form.on("Clinic Service Contract Item", {
		form_render: (frm, doctype, name) => clinic.contracts.form.open_row(frm, doctype, name),
		applies_to: (frm, doctype, name) =>
			clinic.contracts.form.group_changed(frm, doctype, name),
		department: (frm, doctype, name) =>
			clinic.contracts.form.group_changed(frm, doctype, name),
		code_prefix: (frm, doctype, name) =>
			clinic.contracts.form.group_changed(frm, doctype, name),
		service: (frm, doctype, name) => clinic.contracts.form.service_changed(frm, doctype, name),
		pricing_method: (frm, doctype, name) =>
			clinic.contracts.form.method_changed(frm, doctype, name),
	});
})();
