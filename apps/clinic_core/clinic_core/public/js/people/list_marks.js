/*
 * In Frappe's lists of appointments, visits, payments …: beside a patient's name what tells two people
 * of one name apart (G20), who is here for the first time (D50), and the pencil that corrects (D08).
 */

import { call } from "../kit/call.js";
import { list_subjects } from "../kit/compat.js";
import { h } from "../kit/dom.js";
import { code, digits, number } from "../kit/fmt.js";
import { pencil } from "../kit/ui.js";

const METHOD = "clinic_core.people.patient_file.api.list_marks";

/** Mark the rows on screen of a list whose title is the patient's name; `patient` is among its fields. */
export async function mark_list(list) {
	const rows = new Map((list.data || []).map((row) => [row.name, row]));
	const patients = [...new Set([...rows.values()].map((row) => row.patient).filter(Boolean))];
	if (!patients.length || !frappe.model.can_read("Clinic Patient")) return;
	const ticket = (list.clinic_marks = {});
	const known = await call(METHOD, { patients }, { quiet: true }).catch(() => ({}));
	if (ticket !== list.clinic_marks) return;
	for (const [link, name] of list_subjects(list)) {
		const row = rows.get(name);
		const cell = link.parentElement;
		for (const old of cell.querySelectorAll(".clinic-list-mark, .clinic-pencil")) old.remove();
		if (!row || !known[row.patient]) continue;
		link.after(...marks(known[row.patient], row.patient, link.textContent.trim()));
	}
}

function marks(known, patient, full_name) {
	const has_age = known.age !== null && known.age !== undefined;
	const parts = [
		!known.is_returning && __("New", null, "Patient"),
		known.file_no && code(known.file_no),
		has_age && __("{0} years", [number(known.age)]),
		known.phone_tail && `\u2066…${digits(known.phone_tail)}\u2069`,
	];
	const text = parts.filter(Boolean).join(" · ");
	return [
		pencil(patient, full_name),
		h("span", { class: "clinic-list-mark", title: text }, text),
	].filter(Boolean);
}
