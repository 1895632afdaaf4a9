/* What stands in a block of the grid: time, patient, service, and signs that need no colour. */

import { h, icon } from "../../kit/dom.js";
import { duration, list, number, time } from "../../kit/fmt.js";
import { minute } from "./layout.js";

/** Below this many minutes a block has room for one line. */
const SHORT_MINUTES = 25;

const BANDS = {
	leave: () => __("Leave"),
	closure: () => __("Closure"),
	holiday: () => __("Holiday"),
	broken: () => __("Out of order"),
	busy: () => __("Taken"),
};

export function event_content({ event, timeText }) {
	const { band, row, part, group, hold } = event.extendedProps;
	if (band) return band_content(band);
	if (group) return group_content(group);
	if (hold) return hold_content(hold);
	// A selection that is being drawn.
	if (!row) return [h("span", {}, timeText)];
	const lines = [
		time_line(part),
		h("strong", { class: "clinic-slot-event__name", dir: "auto" }, signs(row), row.full_name),
		h("span", { class: "clinic-slot-event__what", dir: "auto" }, what(row, part)),
	];
	const said = [row.full_name, what(row, part), __(row.status), row.note];
	return card(part, lines, said, { appointment: row.appointment, status: row.status });
}

/** One card for all of a group: how full it is, and who comes. */
function group_content(group) {
	const [row] = group;
	const [part] = row.parts;
	const names = list(group.map(({ full_name }) => full_name));
	const lines = [
		time_line(part),
		h(
			"strong",
			{ class: "clinic-slot-event__name" },
			group.some(is_alarming) && icon("alert", 12),
			group_text(row)
		),
		h("span", { class: "clinic-slot-event__what", dir: "auto" }, row.service_name),
		h("span", { class: "clinic-slot-event__what", dir: "auto" }, names),
	];
	const members = group.map(({ appointment }) => appointment).join(" ");
	return card(part, lines, [group_text(row), row.service_name, names], { members });
}

/** A time a visitor of /book holds: nobody has a name yet. */
function hold_content(hold) {
	const text = is_short(hold) ? __("Online until {0}", [time(hold.until)]) : hold_text(hold);
	const words = h("span", { class: "clinic-slot-event__name" }, text);
	const lines = is_short(hold) ? words : [time_line(hold), words];
	return card(hold, lines, [hold_text(hold)], { online: hold.start });
}

function card(span, lines, said, data) {
	const short = is_short(span) ? " clinic-slot-event__in--short" : "";
	const title = said.filter(Boolean).join(" · ");
	return [h("div", { class: `clinic-slot-event__in${short}`, data, title }, lines)];
}

function time_line(span) {
	const length = duration(minutes_of(span));
	const text = is_short(span) ? time(span.start) : `${time(span.start)} · ${length}`;
	return h("span", { class: "clinic-slot-event__time" }, text);
}

const minutes_of = ({ start, end }) => minute(end) - minute(start);
const is_short = (span) => minutes_of(span) < SHORT_MINUTES;

export function what(row, part = row.parts[0]) {
	const service = row.parts.length > 1 ? part.service_name : row.service_name;
	const named = row.area_title ? `${service} – ${row.area_title}` : service;
	// First, so that it can be read where there is little room.
	return row.group_size > 1 ? `${group_text(row)} · ${named}` : named;
}

/** How full a group is: “3 of 8”. */
export const group_text = ({ group_taken, group_size }) =>
	__("{0} of {1}", [number(group_taken), number(group_size)]);

/** Until when a visitor holds a time. */
export const hold_text = ({ until }) => __("Held online until {0}", [time(until)]);

/** Whether something about the patient has to be known before he is touched. */
export const is_alarming = (row) => row.alerts.some(({ severity }) => severity === "danger");

function signs(row) {
	return [
		is_alarming(row) && icon("alert", 12),
		["Completed", "Admitted", "Arrived"].includes(row.status) && icon("check", 12),
		["Cancelled", "No Show"].includes(row.status) && icon("close", 12),
		row.is_squeeze_in ? icon("plus", 12) : null,
	];
}

function band_content({ kind, title }) {
	const label = BANDS[kind]?.();
	if (!label) return [];
	return [
		h(
			"span",
			{ class: "clinic-band__text" },
			title && kind !== "busy" ? (kind === "holiday" ? title : `${label}: ${title}`) : label
		),
	];
}
