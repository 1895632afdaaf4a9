/*
 * The menu of a patient's name, the same everywhere (B08). Other apps add their entries:
 * clinic.people.add_menu_item({label, icon, order, show(patient), on_click(patient)}).
 */

import { menu } from "../kit/menu.js";
import { correct_dialog } from "./dialogs.js";
import { may_merge, merge_dialog } from "./merging/merge_dialog.js";

const items = [
	{
		order: 40,
		icon: "edit",
		label: () => __("Correct name and number"),
		show: may_correct,
		on_click: ({ patient }) => correct_dialog({ patient }),
	},
	{
		order: 50,
		icon: "user",
		label: () => __("Edit patient"),
		show: () => frappe.model.can_read("Clinic Patient"),
		on_click: ({ patient }) => frappe.set_route("Form", "Clinic Patient", patient),
	},
	{
		order: 60,
		icon: "share",
		label: () => __("Merge with another file"),
		show: may_merge,
		on_click: ({ patient }) => merge_dialog({ keep: patient }),
	},
];

/** May this user correct people where he meets them? */
export function may_correct() {
	return Boolean(frappe.model.can_write("Clinic Patient"));
}

export function add_menu_item(item) {
	items.push({ order: 100, ...item });
	items.sort((one, other) => one.order - other.order);
}

/** Open the menu of {patient, full_name, mobile?} at an element or event; `before` runs first when chosen. */
export function open_menu(anchor, person, extra = [], before = null) {
	const entries = items
		.filter((item) => !item.show || item.show(person))
		.map((item) => ({
			...item,
			label: typeof item.label === "function" ? item.label() : item.label,
			on_click: () => {
				before?.();
				item.on_click(person);
			},
		}));
	menu(anchor, [...extra, ...entries], { title: person.full_name });
}

/** Every name made by clinic.ui.patient_name opens the menu, and every pencil the small form, anywhere. */
export function install() {
	document.addEventListener(
		"click",
		(event) => {
			const pencil = event.target.closest?.("[data-clinic-correct]");
			if (pencil) {
				event.preventDefault();
				event.stopPropagation();
				return correct_dialog({ patient: pencil.dataset.clinicCorrect });
			}
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
