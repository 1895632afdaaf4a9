// Form of a staff member: invite, PIN, leave of the centre, coming back.
frappe.ui.form.on("Clinic Staff Member", {
	setup(frm) {
		frm.set_query("practitioner", () => ({ filters: { is_active: 1 } }));
		frm.set_query("branches", () => ({ filters: { is_active: 1 } }));
		frm.set_query("departments", () => ({ filters: { is_active: 1 } }));
	},

	refresh(frm) {
		if (frm.is_new()) return;
		const colours = { Active: "green", Leaving: "orange", Departed: "gray" };
		frm.page.set_indicator(__(frm.doc.status), colours[frm.doc.status]);
		if (frm.perm[0]?.write) clinic.people.staff_actions(frm);
	},
});
