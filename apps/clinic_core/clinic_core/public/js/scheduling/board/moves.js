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

/** The grid dropped an appointment somewhere else. */
export async function dropped(page, info) {
	const { row, part } = info.event.extendedProps;
	const start = text_of(minute(row.start) + seconds_of(info.delta) / 60);
	const target = info.newResource && page.column_of(info.newResource.id);
	const source = info.oldResource && page.column_of(info.oldResource.id);
	if (target && target.kind !== "practitioner") {
		info.revert();
		return toast(refusal(target, source), { kind: "warning" });
	}
	if (source && source.kind !== "practitioner") {
		info.revert();
		return toast(
			__("Drag the appointment in the practitioner's column to give it to somebody else."),
			{ kind: "warning" }
		);
	}
	if (target && part.practitioner !== row.practitioner) {
		info.revert();
		return toast(
			__("Drag the part that {0} gives to change the practitioner.", [
				row.practitioner_name,
			]),
			{
				kind: "warning",
			}
		);
	}
	const practitioner = target ? target.name : null;
	if (!practitioner && start === row.start) return info.revert();
	return ask(page, row, info.revert, {
		title: __("Move the appointment of {0}", [row.full_name]),
		hint: `${arrow()} ${list([datetime(start), target?.title])}`,
		method: `${API}.api.reschedule`,
		args: { appointment: row.appointment, start, ...(practitioner ? { practitioner } : {}) },
		event: "Move",
	});
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
	});
}

/** Why, whose wish it is, and what that costs; nothing is changed before the server has said yes. */
function ask(page, row, undo, { title, hint, method, args, event }) {
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
			label: __("Move"),
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

function refusal(target, source) {
	if (source?.kind === "practitioner")
		return __("{0} is no practitioner: the appointment stays where it was.", [target.title]);
	return __(
		"The room follows from the practitioner's shift and from what is free: it is not dragged."
	);
}

const seconds_of = (delta) => (delta?.days || 0) * 86400 + (delta?.seconds || 0);
const arrow = () => (document.documentElement.dir === "rtl" ? "←" : "→");
