/* A month to choose a day from: the Persian calendar in Persian, the Gregorian one elsewhere. */

import { is_persian, lang } from "./boot.js";
import { fill, h } from "./dom.js";
import { add_days, date, month, number, today } from "./fmt.js";
import { button } from "./ui.js";

const WEEKDAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

/** calendar(anchor, {value, on_pick(day), min}) – a popup below `anchor`; arrow keys, Enter, Escape. */
export function calendar(anchor, { value, on_pick, min = null }) {
	const popup = h("div", {
		class: "clinic-calendar",
		role: "dialog",
		"aria-label": __("Choose a day"),
	});
	const state = { value: value || today(), at: value || today(), min, popup };
	const close = () => {
		document.removeEventListener("pointerdown", outside, true);
		popup.remove();
		anchor.focus();
	};
	const outside = (event) => !popup.contains(event.target) && close();
	state.pick = (day) => {
		close();
		on_pick(day);
	};
	popup.addEventListener("keydown", (event) => on_key(state, event, close));
	document.body.append(popup);
	draw(state);
	place(popup, anchor);
	setTimeout(() => document.addEventListener("pointerdown", outside, true));
	return close;
}

// The day's number in the user's calendar.
function day_number(day) {
	const calendar_name = is_persian() ? "persian" : "gregory";
	const format = new Intl.DateTimeFormat(`en-u-ca-${calendar_name}-nu-latn`, {
		day: "numeric",
		timeZone: "UTC",
	});
	return Number(format.format(new Date(`${day}T00:00:00Z`)).replace(/\D/g, ""));
}

const weekday = (day) => new Date(`${day}T00:00:00Z`).getUTCDay();
const month_start = (day) => add_days(day, 1 - day_number(day));
const next_month = (day) => month_start(add_days(month_start(day), 32));

/** The day a week begins with: 0 is Sunday; Saturday (6) in Persian. */
export function first_weekday() {
	const set = WEEKDAYS.indexOf(frappe.sys_defaults?.first_day_of_the_week);
	if (is_persian()) return 6;
	return set >= 0 ? set : 1;
}

function draw(state) {
	const start = month_start(state.at);
	const end = next_month(state.at);
	const lead = (weekday(start) - first_weekday() + 7) % 7;
	const days = [];
	for (let day = start; day < end; day = add_days(day, 1)) days.push(day);
	const go = (day) => {
		state.at = day;
		draw(state);
	};
	fill(
		state.popup,
		h(
			"div",
			{ class: "clinic-calendar__head" },
			button({
				icon: "previous",
				kind: "quiet",
				title: __("Earlier"),
				on_click: () => go(month_start(add_days(start, -1))),
			}),
			h("strong", {}, month(state.at)),
			button({ icon: "next", kind: "quiet", title: __("Later"), on_click: () => go(end) })
		),
		h(
			"div",
			{ class: "clinic-calendar__grid" },
			Array.from({ length: 7 }, (_, index) =>
				h("span", { class: "clinic-calendar__weekday" }, weekday_name(index))
			),
			Array.from({ length: lead }, () => h("span")),
			days.map((day) => day_button(state, day))
		),
		button({ label: __("Today"), kind: "quiet", on_click: () => state.pick(today()) })
	);
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

function day_button(state, day) {
	return h(
		"button",
		{
			class: `clinic-calendar__day${day === today() ? " clinic-calendar__day--today" : ""}`,
			"aria-pressed": String(day === state.value),
			title: date(day),
			disabled: Boolean(state.min && day < state.min),
			tabIndex: day === state.at ? 0 : -1,
			data: day === state.at ? { at: "1" } : {},
			on_click: () => state.pick(day),
		},
		number(day_number(day))
	);
}

function on_key(state, event, close) {
	const rtl = document.documentElement.dir === "rtl" ? -1 : 1;
	const step = { ArrowRight: rtl, ArrowLeft: -rtl, ArrowDown: 7, ArrowUp: -7 }[event.key];
	if (event.key === "Escape") close();
	else if (step) {
		state.at = add_days(state.at, step);
		draw(state);
	} else return;
	event.preventDefault();
	event.stopPropagation();
}

function place(popup, anchor) {
	const box = anchor.getBoundingClientRect();
	const rtl = document.documentElement.dir === "rtl";
	const wanted = rtl ? box.right - popup.offsetWidth : box.left;
	const left = Math.min(Math.max(8, wanted), window.innerWidth - popup.offsetWidth - 8);
	Object.assign(popup.style, { left: `${left}px`, top: `${box.bottom + 4}px` });
}
