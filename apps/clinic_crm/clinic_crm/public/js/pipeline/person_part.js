// Whom a new lead is about (C032–C035): somebody new, a contact on file, or a patient.
import { field, fill, h, row } from "../kit";

/** → {element, read()}; `patient` {name, full_name} is chosen already. */
export function person_part({ patient } = {}) {
	let kind = patient ? "Patient" : "New";
	let chosen = patient || null;
	const first_name = clinic.ui.text_input({ label: __("First name") });
	const last_name = clinic.ui.text_input({ label: __("Last name") });
	const mobile = clinic.ui.text_input({ label: __("Mobile"), kind: "phone" });
	const contact = clinic.ui.control({
		fieldtype: "Link",
		fieldname: "contact",
		options: "Clinic Contact",
		only_select: true,
		placeholder: __("Type a name or number"),
	});
	const patient_name = h("strong");
	const search = clinic.people.search_box(null, {
		on_select: (found) => {
			chosen = found;
			search.clear();
			show();
		},
	});
	const area = h("div");
	const kinds = clinic.ui.segmented({
		label: __("Who is it?"),
		value: kind,
		options: [
			{ value: "New", label: __("New person") },
			{ value: "Contact", label: __("Contact") },
			{ value: "Patient", label: __("Patient") },
		],
		on_change: (value) => {
			kind = value;
			show();
		},
	});
	const parts = {
		New: () =>
			row(
				field({ label: __("First name"), control: first_name.element }),
				field({ label: __("Last name"), control: last_name.element }),
				field({ label: __("Mobile"), control: mobile.element, required: true })
			),
		Contact: () => field({ label: __("Contact"), control: contact.element, required: true }),
		Patient: () =>
			field({
				label: __("Patient"),
				control: h("div", {}, chosen && patient_name, search.element),
				required: true,
			}),
	};
	function show() {
		patient_name.textContent = chosen?.full_name || chosen?.name || "";
		fill(area, parts[kind]());
	}
	show();
	return {
		element: h(
			"div",
			{ class: "clinic-form" },
			field({ label: __("Who is it?"), control: kinds }),
			area
		),
		read: () => read({ kind, chosen, contact, first_name, last_name, mobile }),
	};
}

function read({ kind, chosen, contact, first_name, last_name, mobile }) {
	if (kind === "Patient") {
		if (!chosen) throw new Error(__("Please choose the patient."));
		return { person_type: "Patient", patient: chosen.name };
	}
	if (kind === "Contact") {
		if (!contact.get_value()) throw new Error(__("Please choose the contact."));
		return { person_type: "Contact", contact: contact.get_value() };
	}
	if (!mobile.get()) {
		mobile.input.focus();
		throw new Error(__("Please write the mobile number."));
	}
	return {
		person_type: "Contact",
		first_name: first_name.get(),
		last_name: last_name.get(),
		mobile: mobile.get(),
	};
}
