frappe.ui.form.on("Clinic Session", {
	refresh(frm) {
		if (frm.is_new()) return;
		const { patient, service, practitioner, date, name } = frm.doc;
		if (
			["Planned", "Absent"].includes(frm.doc.status) &&
			frappe.model.can_create("Clinic Appointment")
		) {
			frm.add_custom_button(__("Book"), () =>
				clinic.scheduling.book_dialog({
					patient,
					service,
					practitioner,
					from_date: date > frappe.datetime.get_today() ? date : undefined,
					args: { session: name },
					on_done: () => frm.reload_doc(),
				})
			).addClass("btn-primary");
		}
		frm.add_custom_button(__("All sessions"), () =>
			clinic.scheduling.plan_dialog([frm.doc.session_plan], {
				on_done: () => frm.reload_doc(),
			})
		);
	},
});
