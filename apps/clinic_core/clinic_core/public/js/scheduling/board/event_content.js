/* What stands in a block of the grid: time, patient, service, and signs that need no colour. */

import { h, icon } from "../../kit/dom.js";
import { duration, number, time } from "../../kit/fmt.js";
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
	const { band, row, part } = event.extendedProps;
	if (band) return band_content(band);
	// A selection that is being drawn.
	if (!row) return [h("span", {}, timeText)];
	const minutes = minute(part.end) - minute(part.start);
	const is_short = minutes < SHORT_MINUTES;
	const lines = [
		h(
			"span",
			{ class: "clinic-slot-event__time" },
			is_short ? time(part.start) : `${time(part.start)} · ${duration(minutes)}`
		),
		h("strong", { class: "clinic-slot-event__name", dir: "auto" }, signs(row), row.full_name),
		h("span", { class: "clinic-slot-event__what", dir: "auto" }, what(row, part)),
	];
	return [
		h(
			"div",
			{
				class: `clinic-slot-event__in${is_short ? " clinic-slot-event__in--short" : ""}`,
				data: { appointment: row.appointment, status: row.status },
				title: [row.full_name, what(row, part), __(row.status), row.note]
					.filter(Boolean)
					.join(" · "),
			},
			lines
		),
	];
}

export function what(row, part = row.parts[0]) {
	const service = row.parts.length > 1 ? part.service_name : row.service_name;
	const named = row.area_title ? `${service} – ${row.area_title}` : service;
	// First, so that it can be read where cards of a group stand narrow side by side.
	return row.group_size > 1 ? `${group_text(row)} · ${named}` : named;
}

/** How full a group is: “3 of 8”. */
export const group_text = ({ group_taken, group_size }) =>
	__("{0} of {1}", [number(group_taken), number(group_size)]);

function signs(row) {
	const danger = row.alerts.some(({ severity }) => severity === "danger");
	return [
		danger && icon("alert", 12),
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
