// Whom a new lead is about (C032–C035): somebody new, a contact on file, or a patient.
import { field, fill, h, row } from "../kit";

const KINDS = [
	{ value: "New", label: () => __("New person") },
	{ value: "Contact", label: () => __("Contact") },
	{ value: "Patient", label: () => __("Patient") },
];

/** → {element, read()}; `patient` {name, full_name} is chosen already. */
export function person_part({ patient } = {}) {
	const part = { kind: patient ? "Patient" : "New", chosen: patient || null, area: h("div") };
	part.first_name = clinic.ui.text_input({ label: __("First name") });
	part.last_name = clinic.ui.text_input({ label: __("Last name") });
	part.mobile = clinic.ui.text_input({ label: __("Mobile"), kind: "phone" });
	part.contact = contact_control();
	part.search = clinic.people.search_box(null, {
		on_select: (found) => {
			part.chosen = found;
			part.search.clear();
			show(part);
		},
	});
	const kinds = clinic.ui.segmented({
		label: __("Who is it?"),
		value: part.kind,
		options: KINDS.map(({ value, label }) => ({ value, label: label() })),
		on_change: (value) => {
			part.kind = value;
			show(part);
		},
	});
	show(part);
	const choice = field({ label: __("Who is it?"), control: kinds });
	return {
		element: h("div", { class: "clinic-form" }, choice, part.area),
		read: () => read(part),
	};
}

function contact_control() {
	return clinic.ui.control({
		fieldtype: "Link",
		fieldname: "contact",
		options: "Clinic Contact",
		only_select: true,
		placeholder: __("Type a name or number"),
	});
}

function show(part) {
	const shown = { New: new_person, Contact: known_contact, Patient: known_patient };
	fill(part.area, shown[part.kind](part));
}

function new_person({ first_name, last_name, mobile }) {
	return row(
		field({ label: __("First name"), control: first_name.element }),
		field({ label: __("Last name"), control: last_name.element }),
		field({ label: __("Mobile"), control: mobile.element, required: true })
	);
}

function known_contact({ contact }) {
	return field({ label: __("Contact"), control: contact.element, required: true });
}

function known_patient({ chosen, search }) {
	const name = chosen && h("p", {}, h("strong", {}, chosen.full_name || chosen.name));
	return field({
		label: __("Patient"),
		control: h("div", {}, name, search.element),
		required: true,
	});
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
