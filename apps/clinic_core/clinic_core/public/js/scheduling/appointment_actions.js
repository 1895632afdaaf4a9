/* What may be done with an appointment, wherever it is shown: labels, and doing it. */

import { command } from "../kit/call.js";
import { minutes_between } from "../kit/fmt.js";
import { toast } from "../kit/toast.js";
import { move_dialog } from "./book_dialog.js";
import { confirm_dialog } from "./change_dialogs.js";
import { cancel_dialog } from "./rules.js";

const API = "clinic_core.scheduling.api";

const LABELS = {
	confirm: () => __("Confirm"),
	arrive: () => __("Arrived", null, "action"),
	reschedule: () => __("Move to another time"),
	no_show: () => __("Did not come"),
	undo: () => __("Undo last step"),
	cancel: () => __("Cancel the appointment"),
};
const added = [];

/** Another app's action: {label(), kind, show(row), on_click(row, {on_done})}. */
export function add_appointment_action(action) {
	added.push(action);
}

/** What may be done with a row, in the order of the buttons: [{action, label, kind, run({button, …})}]. */
export function actions_of(row, { on_done } = {}) {
	const others = added
		.filter((one) => one.show(row))
		.map((one) => ({
			action: one.action,
			label: one.label(),
			kind: one.kind || "default",
			run: () => one.on_click(row, { on_done }),
		}));
	const ours = Object.keys(LABELS)
		.filter((action) => (row.actions || []).includes(action))
		.filter((action) => action !== "no_show" || minutes_between(row.start) > 0)
		.map((action) => ({
			action,
			label: LABELS[action](),
			kind: action === "arrive" && !others.length ? "primary" : "default",
			run: (options) => run_action(action, row, { on_done, ...options }),
		}));
	return [...others, ...ours];
}

/** run_action("confirm", row, {button, error_area, on_done}): asks for a reason or a time where one is needed. */
export async function run_action(action, row, { button, error_area, on_done } = {}) {
	const { appointment, full_name } = row;
	if (action === "reschedule") {
		const from_date = row.start.slice(0, 10);
		return move_dialog({ ...row, from_date, branch: null, on_done });
	}
	if (action === "confirm" && row.status === "Booked") {
		return confirm_dialog({ appointment, full_name, button, on_done });
	}
	if (action === "cancel") return cancel_dialog({ appointment, full_name, on_done });
	try {
		await command(`${API}.${action}`, { appointment }, { button, error_area });
	} catch (error) {
		return null; // The kit has shown it.
	}
	toast(done_text(action, full_name), {
		about: appointment,
		action: ["confirm", "arrive"].includes(action) && {
			label: __("Undo"),
			on_click: () => run_action("undo", row, { on_done }),
		},
	});
	return on_done?.();
}

function done_text(action, name) {
	const texts = {
		confirm: __("The appointment of {0} is confirmed.", [name]),
		arrive: __("{0} has arrived.", [name]),
		no_show: __("{0} is marked as not come.", [name]),
		undo: __("Undone."),
	};
	return texts[action];
}
