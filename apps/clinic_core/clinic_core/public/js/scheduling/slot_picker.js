/* Free times of a service: a strip of days, then the times by practitioner. */

import { call } from "../kit/call.js";
import { boot } from "../kit/boot.js";
import { fill, h } from "../kit/dom.js";
import { add_days, date, digits, number, time, today } from "../kit/fmt.js";
import { button, empty, skeleton } from "../kit/ui.js";

const WEEK = "clinic_core.scheduling.api.free_week";
const DAYS = 7;

/**
 * slot_picker({service, area, patient, practitioner, branch, from_date, on_pick(slot)})
 * → {element, set({service, practitioner, …}), picked(), refresh()}. A slot is
 * {start, end, practitioner, practitioner_name, branch, resources}.
 */
export function slot_picker(opts) {
	const strip = h("div", { class: "clinic-days", role: "tablist" });
	const times = h("div", { class: "clinic-times" });
	const element = h("div", { class: "clinic-slots" }, strip, times);
	const first = opts.from_date || today();
	const picker = {
		...opts,
		element,
		strip,
		times,
		from: first,
		day: null,
		free: {},
		slots: [],
		slot: null,
		ticket: 0,
	};
	load(picker);
	return {
		element,
		picked: () => picker.slot,
		refresh: () => load(picker),
		set(changes) {
			Object.assign(picker, changes, { slot: null });
			if (changes.from_date) Object.assign(picker, { from: changes.from_date, day: null });
			load(picker);
		},
	};
}

async function load(picker) {
	const ticket = ++picker.ticket;
	choose(picker, null);
	if (!picker.service) {
		picker.slots = [];
		fill(picker.strip);
		return fill(picker.times, empty({ icon: "clock", title: __("Choose a service first.") }));
	}
	fill(picker.times, skeleton(3));
	const args = {
		service: picker.service,
		area: picker.area || null,
		practitioner: picker.practitioner || null,
		patient: picker.patient || null,
		branch: picker.branch || null,
		from_date: picker.from,
		to_date: add_days(picker.from, DAYS - 1),
		day: picker.day && in_week(picker, picker.day) ? picker.day : null,
	};
	try {
		const found = await call(WEEK, args, { quiet: true });
		if (ticket !== picker.ticket) return;
		Object.assign(picker, {
			free: found.days,
			slots: found.slots,
			day: found.day || picker.from,
		});
		show(picker);
	} catch (error) {
		if (ticket !== picker.ticket) return;
		fill(picker.strip);
		fill(picker.times, empty({ icon: "alert", title: error.message }));
	}
}

const in_week = (picker, day) => day >= picker.from && day <= add_days(picker.from, DAYS - 1);

function show(picker) {
	show_strip(picker);
	show_times(picker);
}

function show_strip(picker) {
	const days = Array.from({ length: DAYS }, (_, index) => add_days(picker.from, index));
	const earlier = button({
		icon: "previous",
		kind: "quiet",
		title: __("Earlier"),
		on_click: () => shift(picker, -DAYS),
	});
	earlier.disabled = picker.from <= today();
	const had_focus = picker.strip.contains(document.activeElement);
	fill(
		picker.strip,
		earlier,
		days.map((day) => day_button(picker, day, picker.free[day] || 0)),
		button({
			icon: "next",
			kind: "quiet",
			title: __("Later"),
			on_click: () => shift(picker, DAYS),
		})
	);
	if (had_focus) picker.strip.querySelector("[aria-selected=true]")?.focus();
}

function shift(picker, count) {
	const from = add_days(picker.from, count);
	picker.from = from < today() ? today() : from;
	picker.day = null;
	load(picker);
}

function day_button(picker, day, count) {
	const on = day === picker.day;
	const weekday = new Intl.DateTimeFormat(document.documentElement.lang || "en", {
		weekday: "short",
		timeZone: "UTC",
	}).format(new Date(`${day}T00:00:00Z`));
	return h(
		"button",
		{
			class: `clinic-day${count ? "" : " clinic-day--full"}`,
			role: "tab",
			"aria-selected": String(on),
			title: date(day),
			on_click: () => {
				picker.day = day;
				show_strip(picker);
				load(picker);
			},
		},
		h("span", { class: "clinic-day__weekday" }, day === today() ? __("Today") : weekday),
		h("span", { class: "clinic-day__date" }, date(day, { short: true, year: false })),
		h("span", { class: "clinic-day__count" }, count ? __("{0} free", [number(count)]) : "–")
	);
}

function show_times(picker) {
	const slots = picker.slots;
	if (!slots.length) {
		const nothing = !Object.keys(picker.free).length;
		return fill(
			picker.times,
			empty({
				icon: "clock",
				title: nothing
					? __("No free time in these seven days.")
					: __("No free time on this day."),
				action: nothing
					? { label: __("Look a week later"), on_click: () => shift(picker, DAYS) }
					: null,
			})
		);
	}
	const groups = new Map();
	for (const slot of slots) {
		const key = `${slot.practitioner}|${slot.branch}`;
		if (!groups.has(key)) groups.set(key, []);
		groups.get(key).push(slot);
	}
	fill(
		picker.times,
		[...groups.values()].map((group) => group_of(picker, group))
	);
}

function group_of(picker, slots) {
	const branch = slots[0].branch_title || (boot().branches || {})[slots[0].branch] || "";
	return h(
		"div",
		{ class: "clinic-times__group" },
		h(
			"div",
			{ class: "clinic-times__who" },
			h("strong", {}, slots[0].practitioner_name),
			branch && h("span", { class: "text-muted" }, branch),
			h("span", { class: "text-muted" }, digits(__("{0} free", [slots.length])))
		),
		h(
			"div",
			{ class: "clinic-times__list" },
			slots.map((slot) => time_button(picker, slot))
		)
	);
}

function time_button(picker, slot) {
	const made = h(
		"button",
		{
			class: "clinic-time",
			"aria-pressed": String(picker.slot === slot),
			title: slot.queue_no
				? __("By order of arrival: the turn comes about {0}", [time(slot.start)])
				: `${time(slot.start)} – ${time(slot.end)}`,
			on_click: () => {
				for (const other of picker.times.querySelectorAll(".clinic-time")) {
					other.setAttribute("aria-pressed", String(other === made));
				}
				choose(picker, slot);
			},
		},
		slot.queue_no
			? __("Number {0}, about {1}", [number(slot.queue_no), time(slot.start)])
			: time(slot.start),
		// A group: how many may still come.
		slot.seats_left > 0 &&
			h(
				"span",
				{ class: "clinic-time__left" },
				__("{0} left", [number(slot.seats_left)], "places")
			)
	);
	return made;
}

function choose(picker, slot) {
	picker.slot = slot;
	if (slot || picker.told) picker.on_pick?.(slot);
	picker.told = Boolean(slot);
}
