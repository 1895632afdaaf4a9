/*
 * The menu of a patient's name, the same everywhere (B08). Other apps add their entries:
 * clinic.people.add_menu_item({label, icon, order, show(patient), on_click(patient)}).
 */

import { menu } from "../kit/menu.js";

const items = [
	{
		order: 50,
		icon: "edit",
		label: () => __("Edit patient"),
		show: () => frappe.model.can_read("Clinic Patient"),
		on_click: ({ patient }) => frappe.set_route("Form", "Clinic Patient", patient),
	},
];

export function add_menu_item(item) {
	items.push({ order: 100, ...item });
	items.sort((one, other) => one.order - other.order);
}

/** Open the menu of {patient, full_name} at an element or event. */
export function open_menu(anchor, person, extra = []) {
	const entries = items
		.filter((item) => !item.show || item.show(person))
		.map((item) => ({
			...item,
			label: typeof item.label === "function" ? item.label() : item.label,
			on_click: () => item.on_click(person),
		}));
	menu(anchor, [...extra, ...entries], { title: person.full_name });
}

/** Every element made by clinic.ui.patient_name opens the menu, wherever it is put. */
export function install() {
	document.addEventListener(
		"click",
		(event) => {
			const name = event.target.closest?.("[data-clinic-patient]");
			if (!name) return;
			event.preventDefault();
			event.stopPropagation();
			open_menu(name, {
				patient: name.dataset.clinicPatient,
				full_name: name.dataset.clinicPatientName || name.textContent,
			});
		},
		true
	);
}
