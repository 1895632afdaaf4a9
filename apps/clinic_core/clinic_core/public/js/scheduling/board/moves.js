/* Dragging: asks why, lets the server judge, and puts the appointment back when it says no (D34, E190). */

import { command, show_error } from "../../kit/call.js";
import { dialog } from "../../kit/dialogs.js";
import { h } from "../../kit/dom.js";
import { datetime, duration, list } from "../../kit/fmt.js";
import { toast } from "../../kit/toast.js";
import { field } from "../../kit/ui.js";
import { notify_choice } from "../notify_choice.js";
import { exception_field, penalty_hint, side_choice } from "../rules.js";
import { minute, text_of } from "./layout.js";

const API = "clinic_core.scheduling";
const reasons = () => [
	__("The patient asked for it"),
	__("The practitioner asked for it"),
	__("To fill a gap"),
];

/** The grid dropped an appointment somewhere else: at another time, with somebody else, in another room. */
export async function dropped(page, info) {
	const { row, part } = info.event.extendedProps;
	const start = text_of(minute(row.start) + seconds_of(info.delta) / 60);
	const source = page.column_of(info.oldResource?.id) || page.grid.column_under(info.jsEvent);
	const target = page.column_of(info.newResource?.id) || source;
	const problem = target && target !== source && why_not({ row, part, source, target });
	if (problem) {
		info.revert();
		return toast(problem, { kind: "warning" });
	}
	const moved_to = target !== source ? target : null;
	if (!moved_to && start === row.start) return info.revert();
	return ask(page, row, info.revert, {
		title: __("Move the appointment of {0}", [row.full_name]),
		hint: `${arrow()} ${list([datetime(start), moved_to?.title])}`,
		method: `${API}.api.reschedule`,
		args: { appointment: row.appointment, start, ...place_of(row, target, moved_to) },
		event: "Move",
		label: __("Move"),
	});
}

// In a room's column the room is meant, also when only the time changes.
function place_of(row, target, moved_to) {
	if (target?.kind === "resource" && row.parts.length === 1) return { resource: target.name };
	return moved_to?.kind === "practitioner" ? { practitioner: moved_to.name } : {};
}

/** The grid made an appointment longer or shorter. */
export function resized(page, info) {
	const { row, part } = info.event.extendedProps;
	const minutes = minute(part.end) - minute(part.start) + seconds_of(info.endDelta) / 60;
	return ask(page, row, info.revert, {
		title: __("Change the length of the appointment of {0}", [row.full_name]),
		hint: `${arrow()} ${duration(minutes)}`,
		method: `${API}.schedule_board.api.resize`,
		args: { appointment: row.appointment, minutes },
		label: __("Change the length"),
	});
}

/** Why, whose wish it is, and what that costs; nothing is changed before the server has said yes. */
function ask(page, row, undo, { title, hint, method, args, event, label }) {
	const { appointment } = row;
	const input = h("textarea", { class: "form-control", rows: 2, "aria-label": __("Reason") });
	const chips = reasons().map((text) =>
		h("button", { class: "clinic-chip", on_click: () => (input.value = text) }, text)
	);
	const side = event && side_choice();
	const tell = event && notify_choice();
	const exception = exception_field();
	let done = false;
	return dialog({
		title,
		size: "small",
		content: h(
			"div",
			{ class: "clinic-form" },
			h("p", { class: "clinic-schedule__hint" }, hint),
			field({
				label: __("Reason"),
				control: h("div", {}, input, h("div", { class: "clinic-chips" }, chips)),
				required: true,
			}),
			side?.element,
			side && penalty_hint(appointment, event, side),
			exception.element,
			tell?.element
		),
		on_show: () => input.focus(),
		primary: {
			label,
			action: async (button, error_area) => {
				const reason = input.value.trim();
				if (!reason) {
					input.focus();
					throw new Error(__("Please write a reason."));
				}
				const sent = {
					...args,
					reason,
					...(event ? { by: side.get(), ...tell.args(), ...exception.read() } : {}),
				};
				const quiet = { button, quiet: true };
				try {
					await exception.offer(() => command(method, sent, quiet));
				} catch (error) {
					// Who may make an exception is asked for its reason; for others it goes back.
					if (error.data?.may_override) return show_error(error, error_area) ?? false;
					toast(error.message, { kind: "error", about: appointment, seconds: 20 });
					return true;
				}
				done = true;
				page.reread([appointment]);
				return true;
			},
		},
		// Refused or given up: where it was before is where it is. What others changed is drawn as well.
		on_hide: () => {
			if (done) return;
			undo();
			page.draw();
		},
	});
}

// What cannot be meant by dragging is said before anybody is asked for a reason.
function why_not({ row, part, source, target }) {
	if (row.parts.length > 1 && (target.kind === "resource" || source?.kind === "resource")) {
		return __(
			"{0} has several steps, each with its own room or device: change them in the form.",
			[row.service_name]
		);
	}
	if (target.kind === "resource" && source?.kind === "resource" && target.role !== source.role) {
		return __("“{0}” does not serve here: {1} is needed.", [target.title, __(source.role)]);
	}
	if (target.kind === "practitioner" && part.practitioner !== row.practitioner) {
		return __("Drag the part that {0} gives to change the practitioner.", [
			row.practitioner_name,
		]);
	}
	return null;
}

const seconds_of = (delta) => (delta?.days || 0) * 86400 + (delta?.seconds || 0);
const arrow = () => (document.documentElement.dir === "rtl" ? "←" : "→");
