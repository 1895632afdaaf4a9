// What can be done with an appointment from the statement; the server says what is allowed (`can`).
import { button } from "../shared/kit";

const API = "clinic_core.scheduling.api.";

const ACTIONS = {
	confirm: { label: () => __("Confirm"), run: run_now },
	arrive: { label: () => __("Arrived"), run: run_now },
	reschedule: { label: () => __("Move"), run: move },
	cancel: { label: () => __("Cancel"), run: cancel },
};

/** Buttons for a row of the appointments tab. */
export function appointment_actions(row, context) {
	return (row.can || [])
		.filter((name) => ACTIONS[name])
		.map((name) =>
			button(
				ACTIONS[name].label(),
				(e) => ACTIONS[name].run(name, row, context, e.currentTarget),
				{
					size: "xs",
				}
			)
		);
}

async function run_now(name, row, context, element) {
	try {
		await clinic.command(API + name, { appointment: row.name }, { button: element });
	} catch (error) {
		return; // The kit has shown it.
	}
	context.refresh();
}

function move(_name, row, context) {
	clinic.scheduling.move_dialog({
		appointment: row.name,
		patient: context.patient,
		full_name: context.full_name,
		service: row.service,
		practitioner: row.practitioner,
		on_done: context.refresh,
	});
}

function cancel(_name, row, context) {
	clinic.scheduling.cancel_dialog({
		appointment: row.name,
		title: __("Cancel the appointment of {0}", [clinic.fmt.datetime(row.start)]),
		on_done: context.refresh,
	});
}
