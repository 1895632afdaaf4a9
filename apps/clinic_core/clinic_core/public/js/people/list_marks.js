/*
 * In Frappe's lists of appointments, visits, payments …: beside a patient's name what tells two people
 * of one name apart (G20), and who is here for the first time (D50).
 */

import { call } from "../kit/call.js";
import { list_links } from "../kit/compat.js";
import { h } from "../kit/dom.js";
import { code, digits, number } from "../kit/fmt.js";

const MARKS = "clinic_core.people.patient_file.api.list_marks";

/** Mark the rows of a list that is on screen; `field` is the link to the patient. */
export async function mark_list(list, field = "patient") {
	const patients = [...new Set((list.data || []).map((row) => row[field]).filter(Boolean))];
	if (!patients.length || !frappe.model.can_read("Clinic Patient")) return;
	const ticket = (list.clinic_marks = {});
	const known = await call(MARKS, { patients }, { quiet: true, post: false }).catch(() => ({}));
	if (ticket !== list.clinic_marks) return;
	for (const [element, patient] of list_links(list, field)) {
		element.parentElement.querySelector(".clinic-list-mark")?.remove();
		if (known[patient]) element.after(mark(known[patient]));
	}
}

function mark(row) {
	const has_age = row.age !== null && row.age !== undefined;
	const parts = [
		row.file_no && code(row.file_no),
		has_age && __("{0} years", [number(row.age)]),
		row.phone_tail && `\u2066…${digits(row.phone_tail)}\u2069`,
		!row.is_returning && __("New", null, "Patient"),
	];
	return h("span", { class: "clinic-list-mark" }, parts.filter(Boolean).join(" · "));
}
