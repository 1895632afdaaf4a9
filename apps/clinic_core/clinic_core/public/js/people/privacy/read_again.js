/*
 * Live comments come without the numbers in them, because people of all roles listen: a form reads what
 * stands below it again, as its reader may see it (people/masking/events.py).
 */

import { open_form, refresh_timeline } from "../../kit/compat.js";

const EVENT = "clinic_read_again";

/** From the first form on, listen. */
export function install() {
	if (window.jQuery)
		$(document).one("form-load", () => frappe.realtime?.on?.(EVENT, read_again));
}

function read_again({ doctype, name }) {
	const form = open_form();
	if (form?.doctype !== doctype || form.docname !== name) return;
	// The answer's `docinfo` is taken over by the desk itself.
	frappe
		.call({
			method: "frappe.desk.form.load.get_docinfo",
			args: { doctype, name },
			type: "GET",
		})
		.then(() => refresh_timeline(form));
}
