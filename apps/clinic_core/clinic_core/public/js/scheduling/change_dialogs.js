/* Confirming an appointment, the same from every page (D33, F15). */

import { command } from "../kit/call.js";
import { confirm } from "../kit/dialogs.js";
import { notify_choice } from "./notify_choice.js";

const API = "clinic_core.scheduling.api";

/** Confirm; asks first where the clinic asks whether to tell the patient. */
export async function confirm_dialog({ appointment, full_name, button, on_done }) {
	const tell = notify_choice();
	const run = async (pressed, error_area) => {
		const args = { appointment, ...tell.args() };
		on_done?.(await command(`${API}.confirm`, args, { button: pressed, error_area }));
	};
	if (!tell.element) return run(button).catch(() => {});
	await confirm({
		title: __("Confirm the appointment of {0}", [full_name]),
		action_label: __("Confirm"),
		extra: tell.element,
		on_confirm: run,
	});
}
