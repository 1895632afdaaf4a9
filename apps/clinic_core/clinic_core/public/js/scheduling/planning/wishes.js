/* What somebody wishes of the sessions: the first day, with whom, how far apart, on which days and hours. */

import { number_input } from "../../controls/inputs.js";
import { calendar } from "../../kit/calendar.js";
import { fill, h } from "../../kit/dom.js";
import { date, today } from "../../kit/fmt.js";
import { button, field } from "../../kit/ui.js";
import { practitioner_picker } from "../../service_catalog/pickers.js";

// Days are counted from Monday on the server; the week of the clinic begins on Saturday.
const WEEK = [5, 6, 0, 1, 2, 3, 4];
const A_MONDAY = Date.UTC(2024, 0, 1);
const HOURS = { any: [null, null], morning: [null, "12:00"], noon: ["12:00", "17:00"] };
HOURS.evening = ["17:00", null];
const WAIT_MS = 350;

/**
 * wishes({first_date, on_change()}) → {element, set(answer), read(), apply(way)}. `read()` gives the arguments of
 * `propose`; only what was changed here is sent, the rest is as the plan says.
 */
export function wishes({ first_date = null, on_change }) {
	let timer = null;
	const changed = (wait = WAIT_MS) => {
		clearTimeout(timer);
		timer = setTimeout(on_change, wait);
	};
	const state = {
		first_date,
		practitioners: undefined,
		weekdays: new Set(),
		hours: "any",
	};
	const first = day_button(state, () => changed(0));
	const practitioner = holder_of_picker(state, () => changed(0));
	const numbers = Object.fromEntries(
		number_fields().map(([name, label, min]) => [
			name,
			number_box(label, min, () => {
				state[name] = true;
				changed();
			}),
		])
	);
	const days = WEEK.map((day) => weekday_chip(state, day, () => changed()));
	const hours = hours_select(state, () => changed(0));
	const element = h(
		"div",
		{ class: "clinic-wishes" },
		field({ label: __("First day"), control: first.element }),
		field({ label: __("Practitioner"), control: practitioner.element }),
		number_fields().map(([name, label]) =>
			field({ label, control: numbers[name].element, class: "clinic-wishes__number" })
		),
		field({ label: __("Hours"), control: hours }),
		field({
			label: __("Only on"),
			control: h("div", { class: "clinic-chips clinic-wishes__days" }, days),
			class: "clinic-wishes__week",
		})
	);
	return {
		element,
		set: (answer) => show(state, answer, first, practitioner, numbers),
		read: () => read(state, numbers),
		apply(way) {
			act(way, state, { numbers, practitioner, days, hours });
			changed(0);
		},
	};
}

const number_fields = () => [
	["interval_days", __("Days between sessions"), 1],
	["earlier_days", __("Days earlier"), 0],
	["later_days", __("Days later"), 0],
];

function number_box(label, min, on_change) {
	return number_input({ label, min, max: 365, on_change });
}

function day_button(state, on_change) {
	const text = h("span");
	const made = button({
		label: " ",
		icon: "calendar",
		on_click: () =>
			calendar(made, {
				value: state.shown_first || today(),
				min: today(),
				on_pick(day) {
					state.first_date = day;
					on_change();
				},
			}),
	});
	fill(made.querySelector("span"), text);
	return { element: made, show: (day) => (text.textContent = date(day)) };
}

// The picker is made when the plan's own practitioner is known.
function holder_of_picker(state, on_change) {
	const element = h("div");
	let picker = null;
	return {
		element,
		set(value) {
			if (picker) return;
			picker = practitioner_picker({
				value,
				on_change: (chosen) => {
					if ((chosen || null) === state.shown_practitioner) return;
					state.shown_practitioner = chosen || null;
					state.practitioners = chosen ? [chosen] : [];
					on_change();
				},
			});
			fill(element, picker.element);
		},
		choose: (value) => picker.set(value),
	};
}

function weekday_chip(state, day, on_change) {
	const name = new Intl.DateTimeFormat(document.documentElement.lang || "en", {
		weekday: "short",
		timeZone: "UTC",
	}).format(new Date(A_MONDAY + day * 86_400_000));
	const chip = h(
		"button",
		{
			class: "clinic-chip",
			"aria-pressed": "false",
			on_click: () => {
				const on = !state.weekdays.has(day);
				state.weekdays[on ? "add" : "delete"](day);
				chip.setAttribute("aria-pressed", String(on));
				on_change();
			},
		},
		name
	);
	return chip;
}

function hours_select(state, on_change) {
	const select = h(
		"select",
		{
			class: "form-control",
			"aria-label": __("Hours"),
			on_change: () => {
				state.hours = select.value;
				on_change();
			},
		},
		h("option", { value: "any" }, __("Any hour")),
		h("option", { value: "morning" }, __("Before noon")),
		h("option", { value: "noon" }, __("From noon to five")),
		h("option", { value: "evening" }, __("After five"))
	);
	return select;
}

function show(state, answer, first, practitioner, numbers) {
	state.shown_first = answer.first_date;
	first.show(answer.first_date);
	if (state.practitioners === undefined) state.shown_practitioner = answer.practitioner;
	practitioner.set(state.shown_practitioner);
	for (const [name, box] of Object.entries(numbers)) if (!state[name]) box.set(answer[name]);
}

function read(state, numbers) {
	const [from_time, to_time] = HOURS[state.hours];
	const args = { from_time, to_time, first_date: state.first_date };
	if (state.weekdays.size) args.weekdays = [...state.weekdays];
	if (state.practitioners !== undefined) args.practitioners = state.practitioners;
	for (const [name, box] of Object.entries(numbers)) if (state[name]) args[name] = box.get();
	if (state.count) args.count = state.count;
	return args;
}

// A way out that the server has tried.
function act({ kind, value }, state, { numbers, practitioner, days, hours }) {
	if (kind === "later") {
		numbers.later_days.set(value);
		state.later_days = true;
	}
	if (kind === "practitioners") {
		state.practitioners = value;
		state.shown_practitioner = value.length === 1 ? value[0] : null;
		practitioner.choose(state.shown_practitioner);
	}
	if (kind === "weekdays") {
		state.weekdays.clear();
		for (const chip of days) chip.setAttribute("aria-pressed", "false");
	}
	if (kind === "hours") hours.value = state.hours = "any";
	if (kind === "count") state.count = value;
}
