// What to do about an alert is on the page System Health.
frappe.ui.form.on("Clinic Alert", {
	refresh(frm) {
		frm.add_custom_button(__("System Health"), () => frappe.set_route("clinic-health"));
	},
});
