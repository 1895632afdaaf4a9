// Form of a price update: what is chosen, how it changes, and the old and new prices beside each other.
// Wrapped: Frappe evaluates form scripts in the global scope, more than once.
(() => {
	const update = () => clinic.catalog.price_update;
	const look_again = (frm) => update().changed(frm);

	frappe.ui.form.on("Clinic Price Update", {
		setup(frm) {
			frm.set_query("contract", () => ({ filters: { is_active: 1 } }));
		},

		refresh: (frm) => update().refresh(frm),
		applies_to: (frm) => update().kind_changed(frm),
		valid_from: look_again,
		contract: look_again,
		include_areas: look_again,
		include_inactive: look_again,
		departments: look_again,
		services: look_again,
		method: look_again,
		change_percent: look_again,
		change_amount: look_again,
		rounding_step: look_again,
		rounding: look_again,
		overrides: look_again,
	});
})();
