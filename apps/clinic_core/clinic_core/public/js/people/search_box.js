/* Type four last digits, a name, a file number: choose a patient with the arrow keys (D05, D17). */

import { call } from "../kit/call.js";
import { fill, h, icon } from "../kit/dom.js";
import { to_latin } from "../kit/digits.js";
import { code, digits, phone } from "../kit/fmt.js";

const FIND = "clinic_core.people.api.find_patients";
const PAUSE_MS = 220;
const SHORTEST = 2;

let serial = 0;

/**
 * search_box(parent, {on_select(row), on_register(text), extra(text) → rows, placeholder, autofocus})
 * → {element, input, focus(), clear()}. `extra` puts rows of the page itself above the found ones
 * (they carry `group`). Rows: {name, full_name, file_no, mobile, match}.
 */
export function search_box(parent, opts = {}) {
	const id = `clinic-search-${++serial}`;
	const input = h("input", {
		class: "form-control clinic-search__input",
		type: "search",
		autocomplete: "off",
		spellcheck: "false",
		role: "combobox",
		"aria-expanded": "false",
		"aria-controls": id,
		"aria-autocomplete": "list",
		"aria-label": opts.label || __("Find a patient"),
		placeholder: opts.placeholder || __("Last four digits, name or file number"),
	});
	const list = h("div", { class: "clinic-search__list", role: "listbox", id, hidden: true });
	const element = h("div", { class: "clinic-search" }, icon("search", 16), input, list);
	const box = { element, input, list, opts, rows: [], at: -1, ticket: 0 };
	parent?.append(element);
	bind(box);
	if (opts.autofocus) setTimeout(() => input.focus());
	return {
		element,
		input,
		focus: () => input.focus(),
		clear: () => {
			input.value = "";
			close(box);
		},
	};
}

function bind(box) {
	const { input, element } = box;
	let timer = null;
	input.addEventListener("input", () => {
		clearTimeout(timer);
		timer = setTimeout(() => look_up(box), PAUSE_MS);
	});
	input.addEventListener("focus", () => input.value.trim().length >= SHORTEST && look_up(box));
	input.addEventListener("keydown", (event) => on_key(box, event));
	element.addEventListener("focusout", (event) => {
		if (!element.contains(event.relatedTarget)) close(box);
	});
}

async function look_up(box) {
	const text = to_latin(box.input.value).trim();
	const ticket = ++box.ticket;
	if (text.length < SHORTEST) return close(box);
	const own = box.opts.extra?.(text) || [];
	show(box, own, text, true);
	try {
		const found = await call(FIND, { text, limit: 10 }, { quiet: true });
		if (ticket !== box.ticket) return;
		const known = new Set(own.map((row) => row.patient || row.name));
		show(box, [...own, ...found.filter((row) => !known.has(row.name))], text, false);
	} catch (error) {
		if (ticket === box.ticket)
			fill(box.list, h("div", { class: "clinic-search__note" }, error.message));
	}
}

function show(box, rows, text, loading) {
	box.rows = rows.map((row) => ({ row, run: () => box.opts.on_select?.(row, box) }));
	if (!loading && box.opts.on_register) {
		box.rows.push({ register: true, run: () => box.opts.on_register(text, box) });
	}
	let group = null;
	const shown = [];
	box.rows.forEach((entry, index) => {
		const title = entry.register ? null : entry.row.group || __("All patients");
		if (title && title !== group && (box.opts.extra || entry.row.group)) {
			shown.push(h("div", { class: "clinic-search__group" }, title));
			group = title;
		}
		shown.push(option(box, entry, index, text));
	});
	const note = loading
		? __("Searching …")
		: rows.length
		? null
		: __("Nobody found for “{0}”.", [digits(text)]);
	fill(box.list, shown, note && h("div", { class: "clinic-search__note" }, note));
	// The note goes before the offer to register.
	if (note && !loading) box.list.prepend(box.list.lastChild);
	box.list.hidden = false;
	box.input.setAttribute("aria-expanded", "true");
	point(box, box.rows.length ? 0 : -1);
}

function option(box, entry, index, text) {
	const content = entry.register
		? [icon("plus", 15), h("span", {}, __("Register “{0}” as a new patient", [digits(text)]))]
		: person(entry.row);
	return h(
		"div",
		{
			class: `clinic-search__row${entry.register ? " clinic-search__row--register" : ""}`,
			role: "option",
			id: `${box.list.id}-${index}`,
			data: { index },
			// Before the input loses the focus.
			on_mousedown: (event) => {
				event.preventDefault();
				choose(box, index);
			},
			// Not mouseenter: the list may open under a pointer that lies still.
			on_mousemove: () => box.at !== index && point(box, index),
		},
		content
	);
}

function person(row) {
	return [
		h("span", { class: "clinic-search__name" }, row.full_name),
		row.note && h("span", { class: "clinic-search__info" }, row.note),
		row.file_no &&
			h("span", { class: "clinic-search__info" }, __("File {0}", [code(row.file_no)])),
		row.mobile && h("bdi", { class: "clinic-search__info", dir: "ltr" }, phone(row.mobile)),
	];
}

function on_key(box, event) {
	const { key } = event;
	if (key === "Escape" && !box.list.hidden) {
		close(box);
		event.stopPropagation();
	} else if (key === "ArrowDown" || key === "ArrowUp") {
		if (box.list.hidden) look_up(box);
		else
			point(
				box,
				(box.at + (key === "ArrowDown" ? 1 : -1) + box.rows.length) % box.rows.length
			);
	} else if (key === "Enter" && !box.list.hidden && box.at >= 0) {
		choose(box, box.at);
	} else return;
	event.preventDefault();
}

function point(box, index) {
	box.at = index;
	for (const row of box.list.querySelectorAll("[role=option]")) {
		const on = Number(row.dataset.index) === index;
		row.setAttribute("aria-selected", String(on));
		if (on) row.scrollIntoView({ block: "nearest" });
	}
	if (index >= 0) box.input.setAttribute("aria-activedescendant", `${box.list.id}-${index}`);
	else box.input.removeAttribute("aria-activedescendant");
}

function choose(box, index) {
	const entry = box.rows[index];
	if (!entry) return;
	close(box);
	entry.run();
}

function close(box) {
	box.ticket += 1;
	box.rows = [];
	box.at = -1;
	box.list.hidden = true;
	box.input.setAttribute("aria-expanded", "false");
}
