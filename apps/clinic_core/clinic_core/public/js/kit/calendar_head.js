/* The head of a month (a jump to any month and year) and the box for a time below it. */

import { h } from "./dom.js";
import { to_latin } from "./digits.js";
import { digits, month_name } from "./fmt.js";
import { add_months, first_of, month_start, parts } from "./months.js";
import { button } from "./ui.js";

/** head(day, go(day, part)): earlier, month, year, later; `part` is what had the focus. */
export function head(day, go) {
	return h(
		"div",
		{ class: "clinic-calendar__head" },
		step("previous", __("Earlier"), () => go(month_start(day, -1), "previous")),
		month_choice(day, go),
		year_box(day, go),
		step("next", __("Later"), () => go(month_start(day, 1), "next"))
	);
}

function step(part, title, on_click) {
	const made = button({ icon: part, kind: "quiet", title, on_click });
	made.dataset.part = part;
	return made;
}

function month_choice(day, go) {
	const { year, month } = parts(day);
	const options = Array.from({ length: 12 }, (_, index) =>
		h(
			"option",
			{ value: index + 1, selected: index + 1 === month },
			month_name(first_of(year, index + 1))
		)
	);
	return h(
		"select",
		{
			class: "clinic-calendar__month",
			data: { part: "month" },
			"aria-label": __("Month"),
			on_change: ({ target }) => go(add_months(day, Number(target.value) - month), "month"),
		},
		options
	);
}

function year_box(day, go) {
	const { year } = parts(day);
	const jump = ({ target }) => {
		const wanted = Number(to_latin(target.value).trim());
		if (Math.abs(wanted - year) > 400 || !Number.isInteger(wanted)) {
			target.value = digits(year);
			return;
		}
		go(add_months(day, (wanted - year) * 12), "year");
	};
	return h("input", {
		class: "clinic-calendar__year",
		data: { part: "year" },
		"aria-label": __("Year"),
		inputmode: "numeric",
		autocomplete: "off",
		dir: "ltr",
		value: digits(year),
		on_focus: ({ target }) => target.select(),
		on_keydown: (event) => {
			const by = { ArrowUp: 1, ArrowDown: -1 }[event.key];
			if (by) go(add_months(day, by * 12), "year");
			else if (event.key === "Enter") jump(event);
			else return;
			event.preventDefault();
		},
		on_change: jump,
	});
}

/** A time of day that is kept while days are chosen: `state.time`, "14:05". */
export function clock_box(state) {
	const read = (text) => {
		const found = to_latin(text).match(/^\s*(\d{1,2})[:.٫]?(\d{2})?\s*$/);
		const [hour, minute] = found ? [Number(found[1]), Number(found[2] || 0)] : [99, 0];
		if (hour > 23 || minute > 59) return null;
		return `${String(hour).padStart(2, "0")}:${String(minute).padStart(2, "0")}`;
	};
	const box = h("input", {
		class: "clinic-calendar__clock",
		"aria-label": __("Time"),
		inputmode: "numeric",
		autocomplete: "off",
		dir: "ltr",
		value: digits(state.time),
		on_focus: ({ target }) => target.select(),
		on_change: ({ target }) => {
			state.time = read(target.value) || state.time;
			target.value = digits(state.time);
		},
		on_keydown: (event) => {
			if (event.key !== "Enter") return;
			event.preventDefault();
			state.time = read(event.target.value) || state.time;
			state.pick(state.from || state.at);
		},
	});
	return h("label", { class: "clinic-calendar__time" }, __("Time"), box);
}
