/* Dragging: asks why, lets the server judge, and puts the appointment back when it says no (D34, E190). */

import { command } from "../../kit/call.js";
import { confirm_reason } from "../../kit/dialogs.js";
import { datetime, duration, list } from "../../kit/fmt.js";
import { toast } from "../../kit/toast.js";
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

async function ask(page, row, undo, { title, hint, method, args }) {
	let refused = false;
	// Others may have changed the screen meanwhile: what is stored is drawn again.
	const revert = () => {
		undo();
		page.draw();
	};
	const reason = await confirm_reason({
		title,
		hint,
		action_label: __("Move"),
		suggestions: reasons(),
		on_confirm: async (given, button) => {
			try {
				await command(method, { ...args, reason: given }, { button, quiet: true });
			} catch (error) {
				// Where it was before is where it is: the message stays until it is read.
				refused = true;
				revert();
				toast(error.message, { kind: "error", about: row.appointment, seconds: 20 });
			}
		},
	});
	if (reason === null && !refused) revert();
	if (reason !== null && !refused) await page.reread([row.appointment]);
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
