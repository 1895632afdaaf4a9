/* Choose one of many by typing a part of its name; arrow keys, Enter, Escape. */

import { fold } from "./digits.js";
import { fill, h, icon } from "./dom.js";

const MOST = 80;
const PAUSE_MS = 180;

let serial = 0;

/**
 * combo_box({options, value, on_change(value, option), placeholder, label, clearable}) →
 * {element, input, get(), option(), set(value), set_options(options), focus()}.
 * An option is {value, label, hint?, group?, words?, codes?}; `options` may be a promise of them, or a
 * function that fetches them: it is asked again by the next focus after it failed. What
 * is typed and is one of an option's `codes` (a scanned barcode) puts it first. Where there are too
 * many options to have them all, `is_partial()` says so, `search(text)` promises those that fit, and
 * `find(value)` one that is not among them.
 */
export function combo_box(opts) {
	const id = `clinic-combo-${++serial}`;
	const input = h("input", {
		class: "form-control clinic-combo__input",
		type: "text",
		autocomplete: "off",
		spellcheck: "false",
		role: "combobox",
		"aria-expanded": "false",
		"aria-controls": id,
		"aria-autocomplete": "list",
		"aria-label": opts.label || null,
		placeholder: opts.placeholder || "",
	});
	const list = h("div", { class: "clinic-combo__list", role: "listbox", id });
	const clear = h(
		"button",
		{ class: "clinic-combo__clear", tabIndex: -1, "aria-label": __("Clear"), hidden: true },
		icon("close", 13)
	);
	const element = h("div", { class: "clinic-combo" }, input, clear, icon("down", 14));
	const box = {
		...opts,
		given: opts.options,
		fetch: typeof opts.options === "function" ? opts.options : null,
		options: [],
		input,
		list,
		clear,
		element,
		chosen: null,
		shown: [],
		at: -1,
	};
	bind(box);
	const ready = load(box);
	return {
		element,
		input,
		ready,
		get: () => box.chosen?.value ?? null,
		option: () => box.chosen,
		set: (value) => ready.then(() => settle_value(box, value)),
		set_options: (options) => take_options(box, options, box.chosen?.value),
		focus: () => input.focus(),
	};
}

function load(box) {
	const { fetch } = box;
	const ready = Promise.resolve(fetch ? fetch() : box.given).then((options) =>
		take_options(box, options, box.value)
	);
	box.failed = false;
	box.loading = ready
		.catch(() => (box.failed = Boolean(fetch)))
		.then(() => (box.loading = null));
	return ready;
}

function take_options(box, options, value) {
	box.options = options || [];
	// Who types already keeps what is typed: the list catches up.
	if (document.activeElement === box.input && box.list.isConnected) open(box, box.input.value);
	else settle_value(box, value);
}

async function settle_value(box, value) {
	const known = find(box, value);
	settle(box, known);
	if (known || !value || !box.find) return;
	const found = await box.find(value);
	// Meanwhile somebody may have chosen or typed.
	if (found && !box.chosen && !box.input.value) settle(box, found);
}

const find = (box, value) => box.options.find((option) => option.value === value) || null;

function settle(box, option) {
	box.chosen = option;
	box.input.value = option?.label || "";
	box.clear.hidden = !option || box.clearable === false;
}

function bind(box) {
	const { input, clear } = box;
	input.addEventListener("focus", () => {
		input.select();
		if (box.failed) load(box).catch(() => {});
	});
	input.addEventListener("click", () => !box.list.isConnected && open(box, ""));
	input.addEventListener("input", () => open(box, input.value));
	input.addEventListener("blur", () => {
		close(box);
		if (!input.value.trim()) choose(box, null);
		else settle(box, box.chosen);
	});
	input.addEventListener("keydown", (event) => on_key(box, event));
	clear.addEventListener("mousedown", (event) => {
		event.preventDefault();
		choose(box, null);
		input.focus();
	});
}

function open(box, text) {
	clearTimeout(box.timer);
	box.ticket = (box.ticket || 0) + 1;
	box.waiting = null;
	show(box, text, fitting(box.options, text));
	if (!text || !box.is_partial?.()) return;
	const ticket = box.ticket;
	box.waiting = new Promise((done) => {
		box.timer = setTimeout(() => done(look_up(box, text, ticket)), PAUSE_MS);
	});
}

async function look_up(box, text, ticket) {
	const found = await box.search(text).catch(() => null);
	if (ticket !== box.ticket) return;
	box.waiting = null;
	if (found) show(box, text, exact_first(found, text));
}

function fitting(options, text) {
	const words = fold(text).split(" ").filter(Boolean);
	const fits = (option) => {
		const name = fold(
			`${option.label} ${option.hint || ""} ${option.group || ""} ${option.words || ""}`
		);
		return words.every((word) => name.includes(word));
	};
	const wanted = (option) => fits(option) || has_code(option, fold(text));
	return exact_first(words.length ? options.filter(wanted) : options, text).slice(0, MOST);
}

const has_code = (option, code) => option.codes?.some((own) => own && fold(own) === code);

// A scanner types the whole code and Enter: who has it stands first.
function exact_first(options, text) {
	const code = fold(text);
	const at = code ? options.findIndex((option) => has_code(option, code)) : -1;
	return at > 0 ? [options[at], ...options.slice(0, at), ...options.slice(at + 1)] : options;
}

function show(box, text, options) {
	box.shown = options;
	draw(box);
	if (!box.list.isConnected) document.body.append(box.list);
	place(box);
	box.input.setAttribute("aria-expanded", "true");
	const chosen = box.shown.indexOf(box.chosen);
	point(box, chosen >= 0 ? chosen : fold(text) ? 0 : -1);
	watch_place(box);
}

function draw(box) {
	let group = null;
	const rows = [];
	box.shown.forEach((option, index) => {
		if (option.group && option.group !== group) {
			group = option.group;
			rows.push(h("div", { class: "clinic-combo__group" }, group));
		}
		rows.push(row(box, option, index));
	});
	fill(
		box.list,
		rows.length ? rows : h("div", { class: "clinic-combo__note" }, __("Nothing fits."))
	);
}

function row(box, option, index) {
	return h(
		"div",
		{
			class: "clinic-combo__row",
			role: "option",
			id: `${box.list.id}-${index}`,
			data: { index },
			on_mousedown: (event) => {
				event.preventDefault();
				choose(box, option);
			},
			on_mousemove: () => box.at !== index && point(box, index),
		},
		h("span", {}, option.label),
		option.hint && h("span", { class: "clinic-combo__hint" }, option.hint)
	);
}

// The list hangs on the body, so that no dialog or scrolling box cuts it off.
function place(box) {
	const at = box.input.getBoundingClientRect();
	const room = window.innerHeight - at.bottom - 12;
	const height = Math.min(280, Math.max(room, at.top - 12));
	const above = room < 160 && at.top > room;
	// Physical on purpose: these are coordinates of the screen.
	Object.assign(box.list.style, {
		left: `${at.left}px`,
		width: `${at.width}px`,
		maxHeight: `${height}px`,
		top: above ? "auto" : `${at.bottom + 4}px`,
		bottom: above ? `${window.innerHeight - at.top + 4}px` : "auto",
	});
}

function watch_place(box) {
	box.unwatch?.();
	const follow = (event) => !box.list.contains(event.target) && place(box);
	window.addEventListener("scroll", follow, true);
	window.addEventListener("resize", follow);
	box.unwatch = () => {
		window.removeEventListener("scroll", follow, true);
		window.removeEventListener("resize", follow);
	};
}

function on_key(box, event) {
	const { key } = event;
	const opened = box.list.isConnected;
	if (key === "ArrowDown" || key === "ArrowUp") {
		if (!opened) open(box, "");
		else
			point(
				box,
				(box.at + (key === "ArrowDown" ? 1 : -1) + box.shown.length) % box.shown.length
			);
	} else if (key === "Enter" && opened) {
		choose_pointed(box);
	} else if (key === "Escape" && opened) {
		settle(box, box.chosen);
		close(box);
	} else return;
	event.preventDefault();
	event.stopPropagation();
}

// Enter right behind the last letter waits for the answer to what was typed; what was not found is
// marked, so that the next scan does not go behind it.
async function choose_pointed(box) {
	await box.loading;
	if (box.waiting) {
		const ticket = box.ticket;
		await box.waiting;
		if (ticket !== box.ticket || !box.list.isConnected) return;
	}
	if (box.at >= 0 && box.shown[box.at]) choose(box, box.shown[box.at]);
	else box.input.select();
}

function point(box, index) {
	box.at = index;
	for (const option of box.list.querySelectorAll("[role=option]")) {
		const on = Number(option.dataset.index) === index;
		option.setAttribute("aria-selected", String(on));
		if (on) {
			option.scrollIntoView({ block: "nearest" });
			box.input.setAttribute("aria-activedescendant", option.id);
		}
	}
}

function choose(box, option) {
	const before = box.chosen;
	settle(box, option);
	close(box);
	if (before?.value !== option?.value) box.on_change?.(option?.value ?? null, option);
}

function close(box) {
	clearTimeout(box.timer);
	box.ticket = (box.ticket || 0) + 1;
	box.waiting = null;
	box.unwatch?.();
	box.unwatch = null;
	box.list.remove();
	box.at = -1;
	box.input.setAttribute("aria-expanded", "false");
}
