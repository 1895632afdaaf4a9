// Form of a shared desk: make this browser the desk, or no browser any more.
frappe.ui.form.on("Clinic Shared Desk", {
	setup(frm) {
		frm.set_query("staff_member", "people", () => ({
			filters: { status: "Active", login_allowed: 1 },
		}));
	},

	refresh(frm) {
		if (frm.is_new() || !frm.perm[0]?.write) return;
		frm.page.set_indicator(
			frm.doc.registered_at ? __("Registered") : __("Not registered"),
			frm.doc.registered_at ? "green" : "orange"
		);
		frm.add_custom_button(__("Make this computer the desk"), () =>
			clinic.people.register_desk(frm)
		);
		if (frm.doc.registered_at) {
			frm.add_custom_button(__("Take the registration away"), () =>
				clinic.people.unregister_desk(frm)
			);
		}
	},
});
