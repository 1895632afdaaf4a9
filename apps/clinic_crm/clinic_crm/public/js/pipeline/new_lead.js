// New lead (C029–C042): a contact, a known patient, or somebody new.
import { form_dialog, options } from "../kit";
import { upcoming_fields, upcoming_of } from "./upcoming";

const METHOD = "clinic_crm.pipeline.api.create_lead";
const SOMEONE_NEW = "New person";

/** Open the dialog; `patient` prefills the person, `on_created` gets the answer of create_lead. */
export function open_new_lead({ team, patient, on_created }) {
	// The fields that take several values need the meta of their child tables.
	frappe.model.with_doctype("Clinic Lead", () =>
		form_dialog({
			title: __("New lead"),
			fields: fields({ team, patient }),
			label: __("Create lead"),
			action: async (values, opts) => {
				const made = await clinic.command(METHOD, as_arguments(values), opts);
				tell(made);
				on_created?.(made);
			},
		})
	);
}

function fields({ team, patient }) {
	return [
		...wish_fields(),
		...person_fields(patient),
		...work_fields(team),
		...upcoming_fields(),
	];
}

function wish_fields() {
	return [
		{ fieldname: "title", fieldtype: "Data", label: __("Title"), reqd: 1 },
		{
			fieldname: "services",
			fieldtype: "Table MultiSelect",
			label: __("Wishes (services)"),
			options: "Clinic Lead Service",
			get_query: () => ({ filters: { status: "Active" } }),
		},
		{ fieldtype: "Column Break" },
		{
			fieldname: "priority",
			fieldtype: "Select",
			label: __("Priority"),
			options: options(["Low", "Normal", "Important"]),
			default: "Normal",
		},
		{
			fieldname: "channel",
			fieldtype: "Link",
			options: "Clinic Marketing Channel",
			label: __("Channel"),
			get_query: () => ({ filters: { status: "Active" } }),
		},
	];
}

function person_fields(patient) {
	const is = (kind) => `eval:doc.who == "${kind}"`;
	return [
		{ fieldtype: "Section Break", label: __("Person") },
		{
			fieldname: "who",
			fieldtype: "Select",
			label: __("Who is it?"),
			options: options([SOMEONE_NEW, "Contact", "Patient"]),
			default: patient ? "Patient" : SOMEONE_NEW,
			reqd: 1,
		},
		{ fieldname: "first_name", fieldtype: "Data", label: __("First name"), depends_on: is(SOMEONE_NEW) },
		{ fieldname: "last_name", fieldtype: "Data", label: __("Last name"), depends_on: is(SOMEONE_NEW) },
		{
			fieldname: "contact",
			fieldtype: "Link",
			options: "Clinic Contact",
			label: __("Contact"),
			depends_on: is("Contact"),
			mandatory_depends_on: is("Contact"),
		},
		{
			fieldname: "patient",
			fieldtype: "Link",
			options: "Clinic Patient",
			label: __("Patient"),
			default: patient,
			depends_on: is("Patient"),
			mandatory_depends_on: is("Patient"),
		},
		{ fieldtype: "Column Break" },
		{
			fieldname: "mobile",
			fieldtype: "Data",
			label: __("Mobile"),
			depends_on: is(SOMEONE_NEW),
			mandatory_depends_on: is(SOMEONE_NEW),
		},
		{
			fieldname: "patients",
			fieldtype: "Table MultiSelect",
			label: __("Also for these patients"),
			options: "Clinic Lead Patient",
		},
	];
}

function work_fields(team) {
	return [
		{ fieldtype: "Section Break", label: __("Follow-up") },
		{
			fieldname: "assigned_to",
			fieldtype: "Link",
			options: "User",
			label: __("Assigned to"),
			get_query: () => ({ filters: { enabled: 1, user_type: "System User" } }),
		},
		{
			fieldname: "team",
			fieldtype: "Link",
			options: "Clinic Team",
			label: __("Team"),
			default: team,
		},
		{ fieldtype: "Column Break" },
		{ fieldname: "feedback", fieldtype: "Link", options: "Clinic Feedback", label: __("Feedback") },
		{ fieldname: "description", fieldtype: "Small Text", label: __("Description") },
	];
}

// Whoever is already known is reused by the server: say so.
function tell({ duplicates }) {
	if (!duplicates?.length) return clinic.ui.toast(__("Lead created."));
	const names = duplicates.map((each) => each.full_name || each.name).join(__(", "));
	const reused = duplicates.some((each) => each.reused);
	const message = reused
		? __("Lead created for a person already known: {0}", [names])
		: __("Lead created. Similar people are on file: {0}", [names]);
	return clinic.ui.toast(message, { kind: "warning" });
}

function as_arguments(values) {
	const new_person = values.who === SOMEONE_NEW;
	return {
		title: values.title,
		person_type: values.who === "Patient" ? "Patient" : "Contact",
		contact: values.who === "Contact" ? values.contact : null,
		patient: values.who === "Patient" ? values.patient : null,
		first_name: new_person ? values.first_name : null,
		last_name: new_person ? values.last_name : null,
		mobile: new_person ? values.mobile : null,
		services: (values.services || []).map((row) => row.service),
		patients: (values.patients || []).map((row) => row.patient),
		channel: values.channel,
		assigned_to: values.assigned_to,
		team: values.team,
		priority: values.priority,
		feedback: values.feedback,
		description: values.description,
		upcoming: upcoming_of(values),
	};
}
