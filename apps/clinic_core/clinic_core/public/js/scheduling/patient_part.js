/* For whom an appointment is: found, registered in place, or one of the caller's family (E205, Q3). */

import { fill, h } from "../kit/dom.js";
import { code, phone } from "../kit/fmt.js";
import { button } from "../kit/ui.js";
import { tell_duplicates } from "../people/dialogs.js";
import { load_family } from "../people/family.js";
import { marks_strip } from "../people/marks.js";
import { register_form } from "../people/register_form.js";
import { search_box } from "../people/search_box.js";
import { notes_strip } from "./rules.js";

/**
 * patient_part({patient, full_name, on_change(row)}) → {element, get(), focus(), settle(options)}.
 * `settle` registers who was typed into the form of a new patient and promises {name, full_name}; it
 * throws when there is nobody yet.
 */
export function patient_part({ patient = null, full_name = "", on_change } = {}) {
	const part = {
		element: h("div", { class: "clinic-for-whom" }),
		row: patient ? { name: patient, full_name } : null,
		caller: null,
		form: null,
		on_change,
	};
	part.box = search_box(null, {
		label: __("Patient"),
		on_select: (row) => choose(part, row),
		on_register: (text) => show_form(part, text),
	});
	if (part.row) show_chosen(part);
	else show_search(part);
	return {
		element: part.element,
		get: () => part.row,
		focus: () => part.box.focus(),
		settle: (options) => settle(part, options),
	};
}

function show_search(part) {
	Object.assign(part, { row: null, form: null, caller: null });
	fill(part.element, part.box.element);
}

function choose(part, row) {
	part.row = {
		name: row.name,
		full_name: row.full_name,
		file_no: row.file_no,
		mobile: row.mobile,
	};
	part.form = null;
	part.box.clear();
	show_chosen(part);
	part.on_change?.(part.row);
}

function show_chosen(part) {
	const { row } = part;
	const family = h("div", { class: "clinic-chips", hidden: true });
	fill(
		part.element,
		h(
			"div",
			{ class: "clinic-for-whom__who" },
			h("strong", {}, row.full_name),
			row.file_no && h("span", { class: "text-muted" }, __("File {0}", [code(row.file_no)])),
			row.mobile && h("bdi", { class: "text-muted", dir: "ltr" }, phone(row.mobile)),
			button({
				label: __("Somebody else"),
				kind: "quiet",
				on_click: () => {
					show_search(part);
					part.on_change?.(null);
					part.box.focus();
				},
			})
		),
		family,
		marks_strip(row.name),
		notes_strip(row.name)
	);
	show_family(part, family);
}

// Who calls often asks for a child or a parent: they are one click away.
async function show_family(part, place) {
	if (!frappe.model.can_read("Clinic Patient Relation")) return;
	part.caller ||= part.row;
	const mine = part.row;
	try {
		const relatives = (await load_family(part.caller.name)).filter((row) => row.patient);
		if (part.row !== mine || !relatives.length) return;
		const people = [
			{ name: part.caller.name, full_name: part.caller.full_name, relation: null },
			...relatives.map((row) => ({ ...row, name: row.patient })),
		];
		fill(
			place,
			h("span", { class: "text-muted" }, __("For:")),
			people.map((row) => chip(part, row))
		);
		place.hidden = false;
	} catch (error) {
		place.hidden = true; // Booking goes on without it.
	}
}

function chip(part, row) {
	const on = row.name === part.row.name;
	return h(
		"button",
		{
			class: `clinic-chip${on ? " clinic-chip--on" : ""}`,
			"aria-pressed": String(on),
			on_click: () => !on && choose(part, row),
		},
		row.relation ? `${row.full_name} (${__(row.relation)})` : row.full_name
	);
}

function show_form(part, text) {
	part.form = register_form({ text, on_use: (row) => choose(part, row) });
	fill(
		part.element,
		h(
			"div",
			{ class: "clinic-for-whom__new" },
			h(
				"div",
				{ class: "clinic-for-whom__who" },
				h("strong", {}, __("New patient")),
				button({
					label: __("Search again"),
					kind: "quiet",
					on_click: () => show_search(part),
				})
			),
			part.form.element
		)
	);
	part.form.focus();
}

async function settle(part, options) {
	if (part.row) return part.row;
	if (!part.form) {
		part.box.focus();
		throw new Error(__("Please choose the patient."));
	}
	const made = await part.form.save(options);
	tell_duplicates(made);
	// Registered is registered, whatever becomes of the appointment: it is not done twice.
	choose(part, made);
	return part.row;
}
