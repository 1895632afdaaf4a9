// Form of a service: its state, its hints, and what one option means for another.
// Wrapped: Frappe evaluates form scripts in the global scope, more than once.
(() => {
	frappe.ui.form.on("Clinic Service", {
		setup(frm) {
			frm.set_query("department", () => ({ filters: { is_active: 1 } }));
		},

		refresh(frm) {
			clinic.catalog.refresh_service_form(frm);
			if (frm.is_new()) return;
			frm.add_custom_button(__("Preview price"), () => preview(frm));
			if (frm.doc.show_in_profile) clinic.catalog.view_public(frm, frm.doc.route);
		},

		bookable_online: (frm) => clinic.catalog.follow_online_booking(frm),
		pay_online: (frm) => clinic.catalog.follow_online_payment(frm),
		is_session_based: (frm) => clinic.catalog.follow_session_mode(frm),
	});

	async function preview(frm) {
		const { message } = await frappe.call({
			method: "clinic_core.service_catalog.api.get_quote",
			type: "GET",
			args: { service: frm.doc.name },
		});
		const escape = frappe.utils.escape_html;
		const rows = message.lines.map(
			(line) =>
				`<tr><td>${escape(line.label)}</td><td class="text-muted">${escape(line.why)}</td>
				<td class="text-right">${clinic.fmt.money(line.amount)}</td></tr>`
		);
		frappe.msgprint({
			title: __("Price"),
			message: `<table class="table table-sm"><tbody>${rows.join("")}
				<tr><th colspan="2">${__("Patient pays")}</th>
				<th class="text-right">${clinic.fmt.money(message.patient_share)}</th></tr></tbody></table>`,
		});
	}
})();
