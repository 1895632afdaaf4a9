// Form of a proforma: prices while it is written, issuing and cancelling.
// Wrapped: Frappe evaluates form scripts in the global scope, more than once.
(() => {
	const price = (frm) => clinic.contracts.proforma.price(frm);

	frappe.ui.form.on("Clinic Proforma", {
		setup: (frm) => clinic.contracts.proforma.set_up(frm),
		refresh: (frm) => clinic.contracts.proforma.refresh(frm),
		patient: price,
		branch: price,
	});

	frappe.ui.form.on("Clinic Proforma Line", {
		form_render: (frm, doctype, name) =>
			clinic.contracts.proforma.open_row(frm, doctype, name),
		service(frm, doctype, name) {
			frappe.model.set_value(doctype, name, "area", "");
			clinic.contracts.proforma.open_row(frm, doctype, name);
			price(frm);
		},
		area: price,
		quantity: price,
		discount_percent: price,
		discount_amount: price,
		contract: price,
		supplementary_contract: price,
		lines_remove: price,
	});
})();
