/* Small parts that all our pages share. Everything returns elements, never HTML text. */

import { h, icon } from "./dom.js";
import { code } from "./fmt.js";
import { tone } from "./status.js";

/** A status as a coloured badge; `tone` may be forced, `label` replaces the translated status. */
export function badge(status, opts = {}) {
	if (!status) return h("span");
	const kind = opts.tone || tone(status);
	return h("span", { class: `clinic-badge clinic-badge--${kind}` }, opts.label || __(status));
}

/** A small marked text: {text, tone, icon, title}. */
export function tag({ text, tone: kind = "neutral", icon: name, title }) {
	return h(
		"span",
		{ class: `clinic-tag clinic-tag--${kind}`, title: title || null },
		name && icon(name, 12),
		text
	);
}

/** What to show when there is nothing: {icon, title, hint, action: {label, on_click}}. */
export function empty({ icon: name = "calendar", title, hint, action }) {
	return h(
		"div",
		{ class: "clinic-empty" },
		h("div", { class: "clinic-empty__icon" }, icon(name, 28)),
		title && h("div", { class: "clinic-empty__title" }, title),
		hint && h("div", { class: "clinic-empty__hint" }, hint),
		action &&
			h(
				"button",
				{ class: "btn btn-default btn-sm", on_click: action.on_click },
				action.label
			)
	);
}

/** `count` grey cards while something loads. */
export function skeleton(count = 3) {
	const cards = Array.from({ length: count }, () => h("div", { class: "clinic-skeleton" }));
	return h("div", { class: "clinic-skeletons", "aria-busy": "true" }, cards);
}

/**
 * A patient's name: clicking it opens the patient's menu (statement, edit, …) anywhere; the pencil beside
 * it corrects name and number in place (D08). Takes any row with {patient, full_name, file_no?, mobile?}.
 */
export function patient_name(row) {
	const name = row.full_name || row.patient_name || row.person_name || __("No name");
	if (!row.patient) return h("span", { class: "clinic-patient-name" }, name);
	const link = h(
		"button",
		{
			class: "clinic-patient-name clinic-patient-name--link",
			data: { clinicPatient: row.patient, clinicPatientName: name },
			title: row.file_no ? __("File {0}", [code(row.file_no)]) : null,
			"aria-haspopup": "menu",
		},
		name
	);
	return h("span", { class: "clinic-patient" }, link, pencil(row.patient, name));
}

/** The pencil that corrects a patient in place, for who may; null for others. */
export function pencil(patient, name) {
	if (!frappe.model.can_write("Clinic Patient")) return null;
	const title = __("Correct {0}", [name]);
	return h(
		"button",
		{ class: "clinic-pencil", data: { clinicCorrect: patient }, title, "aria-label": title },
		icon("edit", 13)
	);
}

/** A button with an icon: {label, icon, kind: "primary"|"soft"|"default"|"quiet"|"danger", on_click, title}. */
export function button({
	label,
	icon: name,
	kind = "default",
	on_click,
	title,
	class: extra = "",
}) {
	const kinds = {
		primary: "btn-primary",
		danger: "btn-danger",
		quiet: "clinic-btn-quiet",
		soft: "clinic-btn-soft",
	};
	const class_name = `btn btn-sm clinic-btn ${kinds[kind] || "btn-default"} ${extra}`.trim();
	return h(
		"button",
		{ class: class_name, on_click, title: title || null, "aria-label": label ? null : title },
		name && icon(name, 15),
		label && h("span", {}, label)
	);
}

/** One choice of few, as joined buttons: {options: [{value, label}], value, on_change, label}. */
export function segmented({ options, value, on_change, label }) {
	const group = h("div", { class: "clinic-segmented", role: "radiogroup", "aria-label": label });
	const choose = (chosen, tell) => {
		group.dataset.value = chosen;
		for (const item of group.children) {
			const on = item.dataset.value === String(chosen);
			item.setAttribute("aria-checked", String(on));
			item.tabIndex = on ? 0 : -1;
			if (on && tell) item.focus();
		}
		if (tell) on_change?.(chosen);
	};
	options.forEach((option) =>
		group.append(
			h(
				"button",
				{
					class: "clinic-segmented__item",
					role: "radio",
					data: { value: option.value },
					on_click: () => choose(option.value, true),
				},
				option.label
			)
		)
	);
	group.addEventListener("keydown", (event) => {
		const step = arrow_step(event);
		if (!step) return;
		event.preventDefault();
		const at = options.findIndex((option) => String(option.value) === group.dataset.value);
		choose(options[(at + step + options.length) % options.length].value, true);
	});
	choose(value ?? "", false);
	group.set_value = (chosen) => choose(chosen, false);
	return group;
}

// In a right-to-left page the left arrow goes on.
function arrow_step(event) {
	const rtl = document.documentElement.dir === "rtl";
	if (event.key === "ArrowDown" || event.key === (rtl ? "ArrowLeft" : "ArrowRight")) return 1;
	if (event.key === "ArrowUp" || event.key === (rtl ? "ArrowRight" : "ArrowLeft")) return -1;
	return 0;
}

/** A label above a control: {label, control, required, hint}. */
export function field({ label, control, required, hint, class: extra = "" }) {
	return h(
		"div",
		{ class: `clinic-field ${extra}`.trim() },
		label && h("label", { class: `clinic-field__label${required ? " reqd" : ""}` }, label),
		control,
		hint && h("div", { class: "clinic-field__hint" }, hint)
	);
}

/**
 * A Frappe control without a form: {fieldtype, options, label, reqd, get_query, value, on_change…}
 * → the control; `control.element` is its wrapper.
 */
export function control({ parent, value, on_change, ...df }) {
	const holder = parent || h("div");
	let ready = false;
	const made = frappe.ui.form.make_control({
		parent: holder,
		df: { fieldname: df.fieldname || frappe.scrub(df.label || df.fieldtype), ...df },
		render_input: true,
	});
	made.df.onchange = () => ready && on_change?.(made.get_value());
	made.element = holder;
	if (value !== undefined && value !== null) made.set_value(value);
	made.refresh?.();
	setTimeout(() => (ready = true));
	return made;
}
