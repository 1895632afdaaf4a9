// Form of a practitioner.
frappe.ui.form.on("Clinic Practitioner", {
	setup(frm) {
		frm.set_query("department", () => ({ filters: { is_active: 1 } }));
		frm.set_query("service", "services", () => ({ filters: { status: "Active" } }));
	},

	refresh(frm) {
		if (frm.is_new()) return;
		const [label, colour] = frm.doc.is_active
			? [__("Active"), "green"]
			: [__("Inactive"), "gray"];
		frm.page.set_indicator(label, colour);
		if (frappe.model.can_read("Clinic Schedule")) {
			frm.add_custom_button(__("Schedules"), () =>
				frappe.set_route("List", "Clinic Schedule", { practitioner: frm.doc.name })
			);
		}
		if (frappe.model.can_read("Clinic Appointment")) {
			frm.add_custom_button(__("Appointments"), () =>
				frappe.set_route("List", "Clinic Appointment", { practitioner: frm.doc.name })
			);
		}
		if (frm.doc.user === frappe.session.user || frappe.user.has_role("Clinic Manager")) {
			frm.add_custom_button(__("Calendar feed"), () =>
				clinic.scheduling.feed_dialog(frm.doc.name, frm.doc.practitioner_name)
			);
		}
	},
});
