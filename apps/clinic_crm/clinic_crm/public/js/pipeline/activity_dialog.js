// Log an activity on a lead (C073–C084), or write down that a planned one is done.
import { form_dialog, options } from "../kit";
import { upcoming_fields, upcoming_of } from "./upcoming";

const API = "clinic_crm.pipeline.api.";

/** Open the dialog for `lead`; with `activity` it completes that planned one instead. */
export function open_activity({ lead, activity, on_done }) {
	const label = activity ? __("Mark as done") : __("Log activity");
	return form_dialog({
		title: label,
		fields: fields(lead, activity),
		label,
		action: async (values, opts) => {
			const method = activity ? "complete_activity" : "log_activity";
			const target = activity ? { activity: activity.name } : { lead: lead.name };
			const args = { ...target, ...as_arguments(values) };
			const made = await clinic.command(API + method, args, opts);
			const said = made.call ? __("Activity and call saved.") : __("Activity saved.");
			clinic.ui.toast(said);
			on_done?.(made);
		},
	});
}

function fields(lead, activity) {
	const active = () => ({ filters: { is_active: 1 } });
	return [
		{
			fieldname: "title",
			fieldtype: "Data",
			label: __("Title"),
			reqd: 1,
			default: activity?.title || __("Follow-up: {0}", [lead.title]),
		},
		{
			fieldname: "contact_method",
			fieldtype: "Link",
			options: "Clinic Contact Method",
			label: __("Contact method"),
			description: __("A phone method and a feedback together also write down the call."),
			get_query: active,
			only_select: 1,
		},
		{
			fieldname: "feedback",
			fieldtype: "Link",
			options: "Clinic Feedback",
			label: __("Feedback"),
			get_query: active,
			only_select: 1,
		},
		{ fieldtype: "Column Break" },
		{
			fieldname: "priority",
			fieldtype: "Select",
			label: __("Priority"),
			options: options(["Low", "Normal", "Important"]),
			default: activity?.priority || "Normal",
		},
		{
			fieldname: "description",
			fieldtype: "Small Text",
			label: __("What was said or done"),
			default: activity?.description,
		},
		...upcoming_fields(),
	];
}

function as_arguments({ title, contact_method, feedback, description, priority, ...rest }) {
	return { title, contact_method, feedback, description, priority, upcoming: upcoming_of(rest) };
}
