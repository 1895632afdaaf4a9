/*
 * The form of a person: registers a new one, with a look at who may be on file already (B16, B17,
 * D22–D24, E161); edits one in place (B18, D08). For a dialog of its own or inside another one.
 */

import { call, command } from "../kit/call.js";
import { to_latin } from "../kit/digits.js";
import { h } from "../kit/dom.js";
import { look_alikes } from "./look_alikes.js";
import { arguments_of, FIRST, is_required, make, missing, MORE } from "./register_fields.js";

const REGISTER = "clinic_core.people.api.register_patient";
const CORRECTABLE = "clinic_core.people.patient_file.api.correctable";
const CORRECT = "clinic_core.people.patient_file.api.correct_person";
const CORRECTED = ["first_name", "last_name", "mobile", "gender", "birth_date"];

/**
 * register_form({text, values, on_use(row), on_enter()}) → {element, focus(), read(), save({button,
 * error_area}) → {name, full_name, duplicates}}. `text` is what was searched for: digits become the
 * mobile, the rest the name. Look-alikes are shown while it is typed; `on_use` takes one of them.
 */
export function register_form({ text = "", values = {}, on_use, on_enter } = {}) {
	const start = { ...guess(text), ...values };
	const alikes = look_alikes({ read: () => read(boxes), on_use });
	const boxes = {};
	for (const name of [...FIRST, ...MORE]) boxes[name] = make(name, start[name], alikes.ask);
	const element = layout(boxes, alikes);
	guide(element, on_enter);
	if (start.first_name || start.mobile) alikes.ask();
	return {
		element,
		look_alikes: alikes.rows,
		focus: () => (boxes.first_name.get() ? boxes.last_name : boxes.first_name).focus(),
		read: () => read(boxes),
		save: (opts) => register(boxes, opts),
	};
}

/** The same boxes over a patient's file: edit_form(patient, {on_enter}) promises the form. */
export async function edit_form(patient, { on_enter } = {}) {
	const before = await call(CORRECTABLE, { patient }, { quiet: true });
	const alikes = look_alikes({ read: () => read(boxes), patient });
	const boxes = {};
	for (const name of CORRECTED) boxes[name] = make(name, before[name], alikes.ask);
	const start = read(boxes);
	const element = h(
		"div",
		{ class: "clinic-form clinic-register" },
		rows(boxes, CORRECTED),
		alikes.element
	);
	guide(element, on_enter);
	return {
		element,
		before,
		focus: () => boxes.first_name.focus(),
		save: (opts) => correct(patient, boxes, start, opts),
	};
}

const read = (boxes) =>
	Object.fromEntries(Object.values(boxes).map((box) => [box.name, box.get() || null]));

function guess(text) {
	const plain = to_latin(text).trim();
	if (/^[+\d][\d\s-]*$/.test(plain)) return plain.length >= 7 ? { mobile: plain } : {};
	const [first_name, ...rest] = plain.split(/\s+/);
	return { first_name, last_name: rest.join(" ") };
}

function layout(boxes, alikes) {
	// What the clinic asks of every new file stands with the first ones.
	const asked = MORE.filter(is_required);
	const others = MORE.filter((name) => !is_required(name));
	const more = h("div", { class: "clinic-form", hidden: true }, rows(boxes, others));
	const toggle = h(
		"button",
		{
			class: "btn btn-xs clinic-btn-quiet clinic-register__more",
			"aria-expanded": "false",
			on_click: () => {
				more.hidden = !more.hidden;
				toggle.setAttribute("aria-expanded", String(!more.hidden));
				toggle.textContent = more.hidden ? __("More fields") : __("Fewer fields");
				if (!more.hidden) boxes[others[0]].focus();
			},
		},
		__("More fields")
	);
	return h(
		"div",
		{ class: "clinic-form clinic-register" },
		rows(boxes, [...FIRST, ...asked]),
		alikes.element,
		toggle,
		more,
		h(
			"div",
			{ class: "clinic-register__keys text-muted" },
			__("Enter goes to the next box, Ctrl+Enter finishes.")
		)
	);
}

const rows = (boxes, names) =>
	h(
		"div",
		{ class: "clinic-row" },
		names.map((name) => boxes[name].element)
	);

/*
 * Enter leads from box to box and finishes after the last one (D23); with Ctrl it finishes at once.
 * A list that is open takes the Enter for itself.
 */
function guide(element, on_enter) {
	element.addEventListener("keydown", (event) => {
		if (event.key !== "Enter" || event.defaultPrevented || event.isComposing) return;
		const done = event.ctrlKey || event.metaKey;
		if (!done && event.target.closest("button, textarea")) return;
		event.preventDefault();
		const next = done ? null : next_box(element, event.target);
		if (next) next.focus();
		else on_enter?.();
	});
}

function next_box(element, from) {
	const all = [...element.querySelectorAll("input, textarea, [role=radiogroup]")]
		.map((box) => (box.matches("[role=radiogroup]") ? box.querySelector("button") : box))
		.filter((box) => box.offsetParent !== null);
	const at = all.indexOf(from);
	return at >= 0 ? all[at + 1] : null;
}

async function register(boxes, { button, error_area } = {}) {
	for (const box of Object.values(boxes)) {
		if (!is_required(box.name) || box.get()) continue;
		box.focus();
		throw new Error(missing(box.name));
	}
	const values = read(boxes);
	const made = await command(REGISTER, arguments_of(values), { button, error_area });
	const full_name = [values.first_name, values.last_name].filter(Boolean).join(" ");
	return { full_name, mobile: values.mobile, duplicates: [], ...made };
}

// Only what was changed is sent: what a person may not see whole is never written back.
async function correct(patient, boxes, before, opts) {
	const now = read(boxes);
	const changed = Object.keys(now).filter((name) => now[name] !== before[name]);
	if (!now.first_name) {
		boxes.first_name.focus();
		throw new Error(missing("first_name"));
	}
	if (!changed.length) return null;
	const values = Object.fromEntries(changed.map((name) => [name, now[name] ?? ""]));
	return command(CORRECT, { patient, ...values }, opts);
}
