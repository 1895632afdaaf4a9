/* A month to choose a day or a range from, in the user's calendar. */

import { is_persian, lang } from "./boot.js";
import { clock_box, head } from "./calendar_head.js";
import { fill, h } from "./dom.js";
import { add_days, date, now, number, today } from "./fmt.js";
import { add_months, first_weekday, month_start, parts } from "./months.js";
import { button } from "./ui.js";

export { first_weekday };

/**
 * calendar(anchor, {value, on_pick(day), min, max}) – a popup at `anchor`; gives what closes it.
 *
 * Keys: arrows go by days, Page Up and Page Down by months, with Shift by years; Enter, Escape. `range`:
 * `value` is [from, to] and so is what `on_pick` gets, after two clicks. `time`: "14:05" asks for the time
 * too, `on_pick(day, time)`. `quiet`: the focus stays in the anchor, where somebody may go on typing;
 * `focus_day()` of what is returned goes into the month, `contains(node)` knows its parts.
 */
export function calendar(anchor, options) {
	const { value, range = false, min = null, max = null, quiet = false, time = null } = options;
	const popup = h("div", {
		class: "clinic-calendar",
		role: "dialog",
		"aria-label": range ? __("Choose the first and the last day") : __("Choose a day"),
	});
	const [from, to] = range ? value || [] : [value, value];
	const state = { from, to, at: from || today(), min, max, range, popup, time, begun: null };
	let open = true;
	const close = ({ refocus = true } = {}) => {
		if (!open) return;
		open = false;
		document.removeEventListener("pointerdown", outside, true);
		window.removeEventListener("resize", close_quietly);
		popup.remove();
		if (refocus) anchor.focus();
		options.on_close?.();
	};
	const close_quietly = () => close({ refocus: false });
	const outside = ({ target }) => {
		if (popup.contains(target) || (quiet && anchor.contains(target))) return;
		close({ refocus: !quiet });
	};
	state.pick = (day) => {
		if (range && !picked_range(state, day)) return draw(state, { focus: true });
		close();
		options.on_pick(range ? [state.from, state.to] : day, state.time);
	};
	popup.addEventListener("keydown", (event) => on_key(state, event, close));
	// Frappe's own popups close on a click outside of them; this one belongs to a box inside.
	popup.addEventListener("click", (event) => event.stopPropagation());
	if (quiet) popup.addEventListener("mousedown", keep_focus);
	// Inside a dialog the focus may not leave it.
	(anchor.closest(".modal") || document.body).append(popup);
	draw(state, { focus: !quiet });
	place(popup, anchor);
	setTimeout(() => open && document.addEventListener("pointerdown", outside, true));
	window.addEventListener("resize", close_quietly);
	close.contains = (node) => popup.contains(node);
	close.focus_day = () => focus_day(state);
	return close;
}

const keep_focus = (event) => event.target.matches("input, select") || event.preventDefault();

// The first click begins a range, the second ends it, in either order.
function picked_range(state, day) {
	if (!state.begun) {
		Object.assign(state, { begun: day, from: day, to: day, at: day });
		return false;
	}
	[state.from, state.to] = [state.begun, day].sort();
	return true;
}

function draw(state, { focus = false } = {}) {
	const start = month_start(state.at);
	const end = month_start(state.at, 1);
	const lead = (weekday(start) - first_weekday() + 7) % 7;
	const days = [];
	for (let day = start; day < end; day = add_days(day, 1)) days.push(day);
	const go = (day, part) => {
		state.at = day;
		draw(state);
		state.popup.querySelector(`[data-part="${part}"]`)?.focus({ preventScroll: true });
	};
	const names = Array.from({ length: 7 }, (_, index) => weekday_name(index));
	fill(
		state.popup,
		head(state.at, go),
		h(
			"div",
			{ class: "clinic-calendar__grid" },
			names.map((name) => h("span", { class: "clinic-calendar__weekday" }, name)),
			Array.from({ length: lead }, () => h("span")),
			days.map((day) => day_button(state, day))
		),
		state.time !== null && clock_box(state),
		!state.range && today_button(state)
	);
	if (focus) focus_day(state);
}

const weekday = (day) => new Date(`${day}T00:00:00Z`).getUTCDay();

function focus_day(state) {
	state.popup.querySelector("[data-at]")?.focus({ preventScroll: true });
}

function weekday_name(index) {
	// 1 January 2023 was a Sunday.
	const day = new Date(Date.UTC(2023, 0, 1 + ((first_weekday() + index) % 7)));
	return new Intl.DateTimeFormat(lang(), {
		weekday: is_persian() ? "narrow" : "short",
		timeZone: "UTC",
	}).format(day);
}

function today_button(state) {
	const pick = () => {
		if (state.time !== null) state.time = now().slice(11, 16);
		state.pick(today());
	};
	const made = button({
		label: state.time === null ? __("Today") : __("Now"),
		kind: "quiet",
		on_click: pick,
	});
	made.disabled = is_out(state, today());
	return made;
}

const is_out = ({ min, max }, day) => Boolean((min && day < min) || (max && day > max));

function day_button(state, day) {
	const within = state.from && state.from <= day && day <= state.to;
	const marks = [day === today() && "today", within && state.range && "within"].filter(Boolean);
	const base = "clinic-calendar__day";
	return h(
		"button",
		{
			class: [base, ...marks.map((mark) => `${base}--${mark}`)].join(" "),
			"aria-pressed": String(day === state.from || day === state.to),
			title: date(day),
			disabled: is_out(state, day),
			tabIndex: day === state.at ? 0 : -1,
			data: day === state.at ? { day, at: "1" } : { day },
			on_click: () => state.pick(day),
		},
		number(parts(day).day)
	);
}

function on_key(state, event, close) {
	if (event.key === "Escape") close();
	else {
		if (event.target.matches("input, select")) return;
		const day = moved(state.at, event);
		if (!day) return;
		state.at = day;
		draw(state, { focus: true });
	}
	event.preventDefault();
	event.stopPropagation();
}

function moved(day, { key, shiftKey }) {
	const rtl = document.documentElement.dir === "rtl" ? -1 : 1;
	const days = { ArrowRight: rtl, ArrowLeft: -rtl, ArrowDown: 7, ArrowUp: -7 }[key];
	if (days) return add_days(day, days);
	const months = { PageDown: 1, PageUp: -1 }[key];
	return months ? add_months(day, shiftKey ? months * 12 : months) : null;
}

function place(popup, anchor) {
	const box = anchor.getBoundingClientRect();
	const rtl = document.documentElement.dir === "rtl";
	const wanted = rtl ? box.right - popup.offsetWidth : box.left;
	const left = Math.min(Math.max(8, wanted), window.innerWidth - popup.offsetWidth - 8);
	// Six weeks may be shown after five: room for the largest month.
	const height = Math.max(popup.offsetHeight, 320);
	const below = box.bottom + 4;
	const fits = below + height <= window.innerHeight || box.top < height;
	Object.assign(popup.style, {
		left: `${left}px`,
		...(fits ? { top: `${below}px` } : { bottom: `${window.innerHeight - box.top + 4}px` }),
	});
}
