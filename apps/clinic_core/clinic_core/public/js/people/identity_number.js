/* The identity number of a patient, in full, for who may see it (E137, F80). */

import { boot } from "../kit/boot.js";
import { call } from "../kit/call.js";
import { code } from "../kit/fmt.js";

const NUMBER = "clinic_core.people.identity.api.identity_number";

/** A button on the form of a patient; looking is logged. */
export function install() {
	frappe.ui.form.on("Clinic Patient", {
		refresh(frm) {
			const has_number = frm.doc.national_code && !frm.is_new();
			if (!has_number || !boot().sees_identity) return;
			frm.add_custom_button(__("Show identity number"), () => show(frm.doc.name));
		},
	});
}

async function show(patient) {
	const identity = await call(NUMBER, { patient });
	const country = identity.country ? ` · ${__(identity.country)}` : "";
	const number = frappe.utils.escape_html(code(identity.number));
	frappe.msgprint({
		title: __(identity.kind) + country,
		message: `<div class="clinic-identity-number h3 text-center">${number}</div>`,
	});
}
