/*
 * What must be seen beside a patient's name wherever he is handled: alerts and allergies (F41), tags
 * (D46). Compact chips; a chip that is cut shows its whole text on hover, and on a tap.
 */

import { call } from "../kit/call.js";
import { fill, h, icon } from "../kit/dom.js";
import { date } from "../kit/fmt.js";
import { watch } from "../kit/live.js";

const MARKS = "clinic_core.people.alerts.api.marks_of";
const PATIENT = "Clinic Patient";
const WATCHED = ["Clinic Patient Alert", PATIENT];
const TONES = { danger: "danger", warning: "warning", info: "info" };

/** Chips of alerts [{kind, severity, text, valid_until}]. */
export const alert_chips = (alerts) => (alerts || []).map(alert_chip);

function alert_chip({ kind, severity, text, valid_until }) {
	const what = kind ? __(kind) : __("Alert or allergy");
	const until = valid_until && __("until {0}", [date(valid_until, { short: true })]);
	const title = [`${what}: ${text}`, until].filter(Boolean).join(" · ");
	const chip = h(
		"button",
		{
			class: `clinic-tag clinic-tag--${TONES[severity] || "danger"} clinic-alert-chip`,
			title,
			"aria-label": title,
			"aria-expanded": "false",
			data: { kind },
			on_click: (event) => {
				event.stopPropagation();
				const open = chip.classList.toggle("is-open");
				chip.setAttribute("aria-expanded", String(open));
			},
		},
		icon("alert", 12),
		h("span", {}, text),
		until && h("small", { class: "clinic-alert-chip__more" }, until)
	);
	return chip;
}

/** Chips of tags [{title, colour, given}]. */
export const tag_chips = (tags) =>
	(tags || []).map(({ title, colour, given }) =>
		h(
			"span",
			{
				class: `clinic-tag clinic-tag-chip clinic-tag-chip--${(
					colour || "gray"
				).toLowerCase()}`,
				title: given === "By Rule" ? __("Given by a rule") : null,
			},
			title
		)
	);

/**
 * marks_strip(patient) → element: alerts and tags of a patient, kept up to date while it is shown.
 * Hidden while there is nothing to say.
 */
export function marks_strip(patient, { tags = true } = {}) {
	const element = h("div", { class: "clinic-marks", role: "alert", hidden: true });
	if (!patient) return element;
	let stop = null;
	let was_shown = false;
	const load = async () => {
		was_shown ||= element.isConnected;
		if (was_shown && !element.isConnected) return stop?.();
		try {
			const marks = await call(MARKS, { patient }, { quiet: true });
			const chips = [...alert_chips(marks.alerts), ...(tags ? tag_chips(marks.tags) : [])];
			fill(element, chips);
			element.hidden = !chips.length;
			element.dataset.loaded = patient;
		} catch (error) {
			element.hidden = false;
			fill(element, h("span", { class: "clinic-error" }, __("Alerts could not be loaded.")));
		}
	};
	const concerns = ({ doctype, name }) => doctype !== PATIENT || !name || name === patient;
	stop = watch(WATCHED, (changes) => {
		if (!changes.length || changes.some(concerns)) load();
	});
	load();
	return element;
}

/** Every form of ours that is about a patient shows them above its fields. */
export function install() {
	$(document).on("form-refresh", (_event, frm) => show_on_form(frm));
}

function show_on_form(frm) {
	const patient = patient_of(frm);
	const wrapper = frm.layout?.wrapper?.[0] || frm.layout?.wrapper;
	if (!wrapper) return;
	const known = wrapper.querySelector(":scope > .clinic-marks");
	if (known?.dataset.patient === (patient || "")) return;
	known?.remove();
	if (!patient) return;
	const strip = marks_strip(patient);
	strip.dataset.patient = patient;
	wrapper.prepend(strip);
}

function patient_of(frm) {
	if (!frm.doctype?.startsWith("Clinic ")) return null;
	if (frm.doctype === PATIENT) return frm.is_new() ? null : frm.doc.name;
	const df = frappe.meta.get_docfield(frm.doctype, "patient");
	return df?.fieldtype === "Link" && df.options === PATIENT ? frm.doc.patient : null;
}
