// Form of a patient: what must be seen at once, and the two or three things done from here.
// Wrapped: Frappe evaluates form scripts in the global scope, more than once.
(() => {
	frappe.provide("clinic.people");

	const COLOURS = { Active: "green", Blocked: "red", Merged: "gray" };
	const MAY_BLOCK = ["Clinic Manager", "Clinic Branch Supervisor"];

	frappe.ui.form.on("Clinic Patient", {
		setup(frm) {
			frm.set_query("referral_source", () => ({ filters: { is_group: 0, is_active: 1 } }));
			frm.set_query("consultant", () => ({ filters: { kind: "Consultant", is_active: 1 } }));
			frm.set_query("branch", () => ({ filters: { is_active: 1 } }));
		},

		refresh(frm) {
			if (frm.is_new()) return;
			frm.page.set_indicator(__(frm.doc.status), COLOURS[frm.doc.status]);
			show_what_matters(frm);
			add_buttons(frm);
		},
	});

	function show_what_matters(frm) {
		if (frm.doc.alerts) {
			frm.set_intro(frappe.utils.escape_html(frm.doc.alerts), "orange");
		}
		if (frm.doc.status === "Blocked") {
			frm.set_intro(__("This file is blocked."), "red");
		}
		if (frm.doc.status === "Merged") {
			const link = frappe.utils.get_form_link("Clinic Patient", frm.doc.merged_into, true);
			frm.set_intro(__("This file was merged into {0}.", [link]), "red");
			frm.disable_form();
		}
	}

	function add_buttons(frm) {
		if (clinic.statement?.open) {
			frm.add_custom_button(__("Statement"), () => clinic.statement.open(frm.doc.name));
		}
		if (frappe.model.can_read("Clinic Appointment")) {
			frm.add_custom_button(__("Appointments"), () =>
				frappe.set_route("List", "Clinic Appointment", { patient: frm.doc.name })
			);
		}
		if (!MAY_BLOCK.some((role) => frappe.user.has_role(role))) return;
		if (frm.doc.status === "Active") {
			frm.add_custom_button(
				__("Block file"),
				() =>
					frappe.confirm(
						__("Block this file? It stays, but nobody is booked under it."),
						() => move(frm, "Blocked")
					),
				__("Actions")
			);
		} else if (frm.doc.status === "Blocked") {
			frm.add_custom_button(__("Unblock file"), () => move(frm, "Active"), __("Actions"));
		}
	}

	async function move(frm, status) {
		await frm.set_value("status", status);
		await frm.save();
	}
})();
