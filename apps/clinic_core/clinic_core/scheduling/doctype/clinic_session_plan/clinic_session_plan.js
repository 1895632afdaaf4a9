frappe.ui.form.on("Clinic Session Plan", {
	setup(frm) {
		frm.set_query("service", () => ({ filters: { is_session_based: 1, status: "Active" } }));
	},

	async service(frm) {
		if (!frm.is_new() || !frm.doc.service) return;
		const fields = ["session_count", "session_interval_days", "allowed_absence_count"];
		const { message } = await frappe.db.get_value("Clinic Service", frm.doc.service, fields);
		frm.set_value({
			session_count: message.session_count,
			interval_days: message.session_interval_days || 1,
			allowed_absence_count: message.allowed_absence_count,
		});
	},

	refresh(frm) {
		if (frm.is_new()) return;
		const panel = frm.get_field("sessions_panel").$wrapper[0];
		clinic.scheduling.plan_panel(panel, frm.doc.name, () => frm.reload_doc());
	},
});
