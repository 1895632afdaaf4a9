/* The proposed sessions, each with its time; and why one of them has none. */

import { dialog } from "../../kit/dialogs.js";
import { h } from "../../kit/dom.js";
import { date, datetime, digits, number, time } from "../../kit/fmt.js";
import { badge, button, tag } from "../../kit/ui.js";
import { slot_picker } from "../slot_picker.js";

/** The rows of an answer of `propose`; `on_choose(row, slot)` when another time was chosen for one. */
export function session_rows(answer, on_choose) {
	return h(
		"div",
		{ class: "clinic-sessions clinic-proposal" },
		answer.sessions.map((row) => line(answer, row, on_choose))
	);
}

function line(answer, row, on_choose) {
	const moved = row.old_start && row.start && row.old_start !== row.start && !row.stays;
	const is_stuck = !row.start && row.session_no === answer.impossible?.session_no;
	return h(
		"div",
		{
			class: `clinic-session${is_stuck ? " clinic-session--stuck" : ""}`,
			data: { session: row.session_no, start: row.start || "" },
		},
		h("span", { class: "clinic-session__no" }, number(row.session_no)),
		h(
			"span",
			{ class: `clinic-session__date${row.start ? "" : " text-muted"}` },
			row.start ? date(row.start) : __("No time yet"),
			moved && h("span", { class: "clinic-session__was" }, was(row.old_start))
		),
		marks(row),
		row.start && h("span", { class: "clinic-session__time" }, time(row.start)),
		row.start && h("span", { class: "clinic-session__who text-muted" }, row.practitioner_name),
		!row.stays &&
			button({
				label: __("Other time"),
				kind: "quiet",
				on_click: () => choose(answer, row, on_choose),
			})
	);
}

const was = (start) => __("before: {0}", [datetime(start)]);

function marks(row) {
	return [
		["Absent", "Burnt"].includes(row.status) && badge(row.status),
		row.stays && tag({ text: __("stays") }),
		row.chosen && tag({ text: __("chosen by you"), tone: "info" }),
	];
}

function choose(answer, row, on_choose) {
	const picker = slot_picker({
		service: answer.service,
		area: answer.area,
		patient: answer.patient,
		practitioner: row.practitioner || answer.practitioner,
		from_date: (row.start || row.date || answer.first_date).slice(0, 10),
	});
	dialog({
		title: __("Another time for session {0}", [number(row.session_no)]),
		size: "large",
		content: h("div", { class: "clinic-form" }, picker.element),
		primary: {
			label: __("Take this time"),
			action: async () => {
				const slot = picker.picked();
				if (!slot) throw new Error(__("Please choose a free time."));
				on_choose(row, slot);
			},
		},
	});
}

/** Why a session has no place, and buttons with what would help; null when all have one. */
export function stuck_box(impossible, on_way) {
	if (!impossible) return null;
	const { session_no, from, to, reasons, ways } = impossible;
	return h(
		"div",
		{ class: "clinic-stuck", role: "alert" },
		h("strong", {}, __("Session {0} has no free time.", [number(session_no)])),
		h(
			"p",
			{},
			from === to
				? __("It would have to be on {0}.", [date(from)])
				: __("It would have to be between {0} and {1}.", [date(from), date(to)])
		),
		h(
			"ul",
			{},
			reasons.map((text) => h("li", {}, digits(text)))
		),
		ways.length > 0 &&
			h(
				"div",
				{ class: "clinic-stuck__ways" },
				h("span", {}, __("Possible instead:")),
				ways.map((way) =>
					button({ label: digits(way.label), kind: "soft", on_click: () => on_way(way) })
				)
			),
		!ways.length && h("p", {}, __("Choose another first day, or other times by hand."))
	);
}
