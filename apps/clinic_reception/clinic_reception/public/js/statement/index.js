// The statement opens from any patient's name (B08–B11).
import { open } from "./dialog";

frappe.provide("clinic.statement");
Object.assign(clinic.statement, { open, operations: clinic.statement.operations || [] });

clinic.people.add_menu_item({
	order: 10,
	icon: "wallet",
	label: () => __("Statement"),
	show: () => frappe.model.can_read("Clinic Reception"),
	on_click: ({ patient }) => open(patient),
});
