/* In the menu behind a patient's name: what the clinic wrote to him (G04). */

const DOCTYPE = "Clinic Message";

export const messages_menu_item = {
	order: 60,
	icon: "phone",
	label: () => __("Messages"),
	show: () => frappe.model.can_read(DOCTYPE),
	on_click: ({ patient }) => frappe.set_route("List", DOCTYPE, { patient }),
};
