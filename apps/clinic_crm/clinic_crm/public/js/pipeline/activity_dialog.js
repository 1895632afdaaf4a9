// Log an activity on a lead (C073–C084), or write down that a planned one is done.
import { field, h, priority_choice, row, text_area } from "../kit";
import { feedback_picker, method_picker } from "./pickers";
import { upcoming_part } from "./upcoming";

const API = "clinic_crm.pipeline.api.";

/** Open the dialog for `lead`; with `activity` it completes that planned one instead. */
export function open_activity({ lead, activity, on_done }) {
	const label = activity ? __("Mark as done") : __("Log activity");
	const parts = make_parts(lead, activity);
	return clinic.ui.dialog({
		title: label,
		size: "large",
		content: layout(parts),
		on_show: () => parts.method.focus(),
		primary: {
			label,
			action: async (element, error_area) => {
				const method = activity ? "complete_activity" : "log_activity";
				const target = activity ? { activity: activity.name } : { lead: lead.name };
				const args = { ...target, ...read(parts) };
				const made = await clinic.command(API + method, args, {
					button: element,
					error_area,
				});
				const said = made.call ? __("Activity and call saved.") : __("Activity saved.");
				clinic.ui.toast(said);
				on_done?.(made);
			},
		},
	});
}

function make_parts(lead, activity) {
	return {
		title: clinic.ui.text_input({
			label: __("Title"),
			value: activity?.title || __("Follow-up: {0}", [lead.title]),
		}),
		priority: priority_choice(activity?.priority || "Normal"),
		method: method_picker(),
		feedback: feedback_picker(),
		description: text_area({ label: __("What was said or done") }),
		upcoming: upcoming_part(),
	};
}

function layout({ title, priority, method, feedback, description, upcoming }) {
	return h(
		"div",
		{ class: "clinic-form" },
		row(
			field({ label: __("Title"), control: title.element, required: true }),
			field({ label: __("Priority"), control: priority })
		),
		row(
			field({
				label: __("Contact method"),
				control: method.element,
				hint: __("By phone and with a feedback, the call is written down too."),
			}),
			field({ label: __("Feedback"), control: feedback.element })
		),
		field({ label: __("What was said or done"), control: description.element }),
		upcoming.element
	);
}

function read({ title, priority, method, feedback, description, upcoming }) {
	if (!title.get()) {
		title.input.focus();
		throw new Error(__("Please give the activity a title."));
	}
	return {
		title: title.get(),
		priority: priority.dataset.value,
		contact_method: method.get(),
		feedback: feedback.get(),
		description: description.get() || null,
		upcoming: upcoming.read(),
	};
}
