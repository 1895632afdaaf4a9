// New lead (C029–C042).
import { field, h, priority_choice, row, text_area } from "../kit";
import { person_part } from "./person_part";
import {
	channel_picker,
	colleague_picker,
	feedback_picker,
	patients_box,
	services_box,
	team_picker,
} from "./pickers";
import { upcoming_part } from "./upcoming";

const METHOD = "clinic_crm.pipeline.api.create_lead";

/** Open the dialog; `patient` {name, full_name} is chosen already. `on_created` gets the answer. */
export function open_new_lead({ team, patient, on_created }) {
	const title = clinic.ui.text_input({ label: __("Title") });
	const parts = {
		priority: priority_choice(),
		person: person_part({ patient }),
		services: services_box(),
		patients: patients_box(),
		channel: channel_picker(),
		assigned_to: colleague_picker({ placeholder: __("Nobody yet") }),
		team: team_picker({ value: team }),
		feedback: feedback_picker(),
		description: text_area({ label: __("Description") }),
		upcoming: upcoming_part(),
	};
	return clinic.ui.dialog({
		title: __("New lead"),
		size: "large",
		content: layout(title, parts),
		on_show: () => title.input.focus(),
		primary: {
			label: __("Create lead"),
			action: async (element, error_area) => {
				if (!title.get()) {
					title.input.focus();
					throw new Error(__("Please give the lead a title."));
				}
				const args = { title: title.get(), ...read(parts) };
				const made = await clinic.command(METHOD, args, { button: element, error_area });
				tell(made);
				on_created?.(made);
			},
		},
	});
}

function layout(title, parts) {
	const of = (label, name) => field({ label, control: parts[name].element });
	return h(
		"div",
		{ class: "clinic-form" },
		row(
			field({ label: __("Title"), control: title.element, required: true }),
			field({ label: __("Priority"), control: parts.priority })
		),
		parts.person.element,
		row(of(__("Wishes (services)"), "services"), of(__("Channel"), "channel")),
		row(of(__("Assigned to"), "assigned_to"), of(__("Team"), "team")),
		row(of(__("Feedback"), "feedback"), of(__("Also for these patients"), "patients")),
		of(__("Description"), "description"),
		parts.upcoming.element
	);
}

function read(parts) {
	return {
		...parts.person.read(),
		priority: parts.priority.dataset.value,
		services: parts.services.get(),
		patients: parts.patients.get(),
		channel: parts.channel.get(),
		assigned_to: parts.assigned_to.get(),
		team: parts.team.get(),
		feedback: parts.feedback.get(),
		description: parts.description.get() || null,
		upcoming: parts.upcoming.read(),
	};
}

// Whoever is already known is reused by the server: say so.
function tell({ duplicates }) {
	if (!duplicates?.length) return clinic.ui.toast(__("Lead created."));
	const names = clinic.fmt.list(duplicates.map((each) => each.full_name || each.name));
	const reused = duplicates.some((each) => each.reused);
	const message = reused
		? __("Lead created for a person already known: {0}", [names])
		: __("Lead created. Similar people are on file: {0}", [names]);
	return clinic.ui.toast(message, { kind: "warning" });
}
