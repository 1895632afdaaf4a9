/*
 * Find a patient from anywhere in the desk (B19, D05, D17): one key, type, see why each matched, go on
 * with Enter. Contacts and leads of other apps follow below (hook clinic_search).
 */

import { call } from "../../kit/call.js";
import { to_latin } from "../../kit/digits.js";
import { fill, h, icon } from "../../kit/dom.js";
import { register_dialog } from "../dialogs.js";
import { open_menu } from "../menu.js";
import { hint, note, row_of } from "./find_rows.js";
import { settle } from "./settled.js";

const FIND = "clinic_core.people.finding.api.find";
const PATIENT = "Clinic Patient";
const PAUSE_MS = 180;
const LIMIT = 12;

let box = null;

/** Open the box; open already, it takes the focus. `text` is looked up at once. */
export function open_find(text = "") {
	if (box) return box.input.select();
	if (!frappe.model.can_read(PATIENT)) return;
	box = make(text);
	// A dialog of Bootstrap takes the focus back from whatever lies outside of it.
	const modals = document.querySelectorAll(".modal.show");
	(modals[modals.length - 1] || document.body).append(box.element);
	box.input.focus();
	look_up(box);
}

export function close_find() {
	if (!box) return;
	const { element, back_to, settled } = box;
	box.ticket += 1;
	clearTimeout(box.timer);
	settled.leave();
	box = null;
	element.remove();
	if (back_to?.isConnected) back_to.focus({ preventScroll: true });
}

function make(text) {
	const input = h("input", {
		class: "clinic-findbox__input",
		type: "text",
		inputmode: "search",
		enterkeyhint: "go",
		autocomplete: "off",
		spellcheck: "false",
		role: "combobox",
		"aria-expanded": "true",
		"aria-controls": "clinic-findbox-list",
		"aria-label": __("Find a patient"),
		placeholder: __("Name in any spelling, end of a phone, file number, code"),
		value: text,
	});
	const list = h("div", {
		class: "clinic-findbox__list",
		role: "listbox",
		id: "clinic-findbox-list",
	});
	const close = h(
		"button",
		{ class: "clinic-findbox__close", "aria-label": __("Close"), on_click: close_find },
		icon("close", 16)
	);
	const head = h("div", { class: "clinic-findbox__head" }, icon("search", 18), input, close);
	const panel = h(
		"div",
		{ class: "clinic-findbox__panel", role: "dialog", "aria-label": __("Find a patient") },
		head,
		list,
		hint()
	);
	const element = h("div", { class: "clinic-findbox" }, panel);
	const made = { element, input, list, rows: [], at: -1, ticket: 0, settled: settle() };
	made.back_to = document.activeElement;
	bind(made);
	return made;
}

function bind(made) {
	const { element, input } = made;
	element.addEventListener("pointerdown", (event) => event.target === element && close_find());
	input.addEventListener("input", () => {
		clearTimeout(made.timer);
		made.timer = setTimeout(() => look_up(made), PAUSE_MS);
	});
	element.addEventListener("keydown", (event) => {
		if (event.isComposing) return; // an input method is choosing a character
		const done = on_key(made, event);
		// The page below has shortcuts of its own.
		event.stopPropagation();
		if (done) event.preventDefault();
	});
}

async function look_up(made) {
	const text = to_latin(made.input.value).trim();
	const ticket = ++made.ticket;
	made.element.classList.add("clinic-findbox--busy");
	try {
		const found = await call(FIND, { text, limit: LIMIT }, { quiet: true });
		if (ticket !== made.ticket) return;
		made.settled.rest(text, found.patients.length + found.others.length);
		show(made, found, text);
	} catch (error) {
		if (ticket === made.ticket) fill(made.list, note(error.message));
	} finally {
		if (ticket === made.ticket) made.element.classList.remove("clinic-findbox--busy");
	}
}

function show(made, { patients, others }, text) {
	const people = patients.map((row) => ({ row, group: text ? null : __("Opened last") }));
	const rest = others.map((row) => ({ row, other: true, group: row.group }));
	made.rows = [...people, ...rest];
	made.text = text;
	if (text && frappe.model.can_create(PATIENT)) made.rows.push({ register: text });
	let group = null;
	const shown = [];
	if (!patients.length)
		shown.push(
			note(text ? __("Nobody found for “{0}”.", [made.input.value.trim()]) : start())
		);
	made.rows.forEach((entry, index) => {
		if (entry.group && entry.group !== group)
			shown.push(h("div", { class: "clinic-search__group" }, entry.group));
		group = entry.group;
		shown.push(
			row_of(entry, index, { choose: () => choose(made, index), more: more(made, index) })
		);
	});
	fill(made.list, shown);
	point(made, made.rows.length ? 0 : -1);
}

const start = () => __("Type a name, the last digits of a phone, a file number or a code.");

function on_key(made, event) {
	const { key } = event;
	if (key === "Escape") close_find();
	else if (key === "ArrowDown" || key === "ArrowUp") step(made, key === "ArrowDown" ? 1 : -1);
	else if (key === "Enter" && (event.ctrlKey || event.metaKey)) more(made, made.at)();
	else if (key === "Enter") choose(made, made.at);
	else if (key === "Tab") more(made, made.at)();
	else return false;
	return true;
}

function step(made, by) {
	if (made.rows.length) point(made, (made.at + by + made.rows.length) % made.rows.length);
}

function point(made, index) {
	made.at = index;
	for (const row of made.list.querySelectorAll("[role=option]")) {
		const on = Number(row.dataset.index) === index;
		row.setAttribute("aria-selected", String(on));
		if (!on) continue;
		row.scrollIntoView({ block: "nearest" });
		made.input.setAttribute("aria-activedescendant", row.id);
	}
}

function choose(made, index) {
	const entry = made.rows[index];
	if (!entry) return;
	if (entry.register) {
		close_find();
		const on_select = (row) => frappe.set_route("Form", PATIENT, row.name);
		return register_dialog({ text: entry.register, on_select });
	}
	const { row } = entry;
	if (!entry.other) made.settled.chosen(made.text, row.name);
	close_find();
	frappe.set_route("Form", entry.other ? row.doctype : PATIENT, row.name);
}

// Everything else that can be done with the person: the menu that his name has anywhere.
function more(made, index) {
	return () => {
		const entry = made.rows[index];
		if (!entry || entry.register || entry.other) return choose(made, index);
		const { row } = entry;
		const anchor = made.list.querySelector(`[data-index="${index}"] .clinic-findbox__more`);
		const person = { patient: row.name, full_name: row.full_name, mobile: row.mobile };
		open_menu(anchor, person, [], () => {
			made.settled.chosen(made.text, row.name);
			close_find();
		});
	};
}
