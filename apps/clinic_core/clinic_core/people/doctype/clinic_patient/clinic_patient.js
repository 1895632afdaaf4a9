// Form of a patient: what must be seen at once, and the two or three things done from here.
// Wrapped: Frappe evaluates form scripts in the global scope, more than once.
(() => {
	frappe.provide("clinic.people");

	const COLOURS = { Active: "green", Blocked: "red", Merged: "gray", Erased: "gray" };
	const MAY_BLOCK = ["Clinic Manager", "Clinic Branch Supervisor"];

	frappe.ui.form.on("Clinic Patient", {
		setup(frm) {
			frm.set_query("referral_source", () => ({ filters: { is_group: 0, is_active: 1 } }));
			frm.set_query("consultant", () => ({ filters: { kind: "Consultant", is_active: 1 } }));
			frm.set_query("branch", () => ({ filters: { is_active: 1 } }));
			frm.set_query("referrer", () => ({ filters: { is_active: 1 } }));
			frm.set_query("referred_by", () => ({
				filters: { name: ["!=", frm.doc.name || ""] },
			}));
			frm.set_query("referral_source", "heard_from", () => ({
				filters: { is_group: 0, is_active: 1 },
			}));
		},

		first_name: (frm) => parts().ask_look_alikes(frm),
		last_name: (frm) => parts().ask_look_alikes(frm),
		mobile: (frm) => parts().ask_look_alikes(frm),
		birth_date(frm) {
			parts().show_age(frm);
			parts().ask_look_alikes(frm);
		},
		referral_source: (frm) => parts().mind_source(frm),

		refresh(frm) {
			frm.clinic_source_before = frm.doc.referral_source;
			frm.doc.__source_changed = false;
			parts().show_age(frm);
			parts().show_questionnaire(frm);
			parts().watch_look_alikes(frm);
			if (frm.is_new()) return;
			if (frm.doc.status === "Merged" && clinic.people.leave_tombstone(frm)) return;
			parts().show_history(frm);
			frm.page.set_indicator(__(frm.doc.status), COLOURS[frm.doc.status]);
			show_what_matters(frm);
			show_care(frm);
			add_buttons(frm);
		},
	});

	const main_row = {
		is_main: (frm, doctype, name) => parts().only_one_main(frm, doctype, name),
	};
	frappe.ui.form.on("Clinic Patient Phone", main_row);
	frappe.ui.form.on("Clinic Patient Address", main_row);

	function parts() {
		return clinic.people.patient_form;
	}

	function show_what_matters(frm) {
		if (frm.doc.name_is_placeholder) {
			frm.set_intro(
				__("This name is only a stand-in. Correct it as soon as it is known."),
				"orange"
			);
		}
		if (frm.doc.status === "Blocked") {
			const why = frappe.utils.escape_html(frm.doc.block_reason || "");
			frm.set_intro(`${__("This file is blocked.")} ${why}`, "red");
		}
		if (frm.doc.status === "Erased") {
			frm.set_intro(__("This person's data was erased."), "red");
			frm.disable_form();
		}
		if (frm.doc.status === "Merged") {
			const link = frappe.utils.get_form_link("Clinic Patient", frm.doc.merged_into, true);
			frm.set_intro(__("This file was merged into {0}.", [link]), "red");
			frm.disable_form();
		}
	}

	// Family, alerts, papers and pictures are documents of their own with roles of their own.
	function show_care(frm) {
		const { name, full_name } = frm.doc;
		const panels = {
			family_html: () => clinic.people.family_panel(name),
			alerts_html: () => clinic.people.alerts_panel({ patient: name, full_name }),
			documents_html: () => clinic.people.papers_panel(name),
			photos_html: () => clinic.people.photos_panel(name),
			privacy_html: () =>
				clinic.privacy.consent_panel({
					doctype: "Clinic Patient",
					name,
					full_name,
					mobile: frm.doc.mobile,
				}),
		};
		for (const [field, make] of Object.entries(panels)) {
			const holder = frm.fields_dict[field]?.$wrapper?.[0];
			if (!holder || holder.dataset.patient === name) continue;
			const panel = make();
			frm.toggle_display(field, Boolean(panel));
			holder.dataset.patient = name;
			holder.replaceChildren(...(panel ? [panel] : []));
		}
		frm.toggle_display("photos_section", frappe.model.can_read("Clinic Photo"));
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
		if (frm.doc.status !== "Merged" && clinic.people.may_merge()) {
			frm.add_custom_button(
				__("Merge with another file"),
				() =>
					clinic.people.merge_dialog({
						keep: frm.doc.name,
						on_done: () => frm.reload_doc(),
					}),
				__("Actions")
			);
			frm.add_custom_button(
				__("Merges of this file"),
				() => frappe.set_route("List", "Clinic Patient Merge", { kept: frm.doc.name }),
				__("Actions")
			);
		}
		if (!MAY_BLOCK.some((role) => frappe.user.has_role(role))) return;
		const is_blocked = frm.doc.status === "Blocked";
		if (!is_blocked && frm.doc.status !== "Active") return;
		frm.add_custom_button(
			is_blocked ? __("Unblock file") : __("Block file"),
			() =>
				clinic.privacy.block_dialog({
					patient: frm.doc.name,
					full_name: frm.doc.full_name,
					is_blocked,
					on_done: () => frm.reload_doc(),
				}),
			__("Actions")
		);
		if (frappe.model.can_create("Clinic Data Request")) {
			frm.add_custom_button(
				__("Request for data"),
				() =>
					frappe.new_doc("Clinic Data Request", {
						person_doctype: "Clinic Patient",
						person_name: frm.doc.name,
					}),
				__("Actions")
			);
		}
	}
})();
