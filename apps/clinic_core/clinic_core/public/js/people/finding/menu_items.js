/* What can be done with a patient from the menu behind his name: book, call, see who saw the file. */

import { toast } from "../../kit/toast.js";
import { datetime } from "../../kit/fmt.js";
import { book_dialog } from "../../scheduling/book_dialog.js";
import { wish_dialog } from "../../scheduling/waiting/wish_dialog.js";
import { add_menu_item } from "../menu.js";
import { views_dialog } from "./views_dialog.js";
import { may_call } from "../privacy/may_call.js";

export function install() {
	add_menu_item({
		order: 20,
		icon: "calendar",
		label: () => __("New appointment"),
		show: () => frappe.model.can_create("Clinic Appointment"),
		on_click: ({ patient, full_name }) =>
			book_dialog({
				patient,
				full_name,
				on_done: (made) => toast(__("Booked: {0}", [datetime(made.start)])),
			}),
	});
	add_menu_item({
		order: 25,
		icon: "clock",
		label: () => __("Add to waiting list"),
		show: () => frappe.model.can_create("Clinic Waiting List Entry"),
		on_click: ({ patient, full_name }) => wish_dialog({ patient, full_name }),
	});
	add_menu_item({
		order: 40,
		icon: "phone",
		label: () => __("Call"),
		show: ({ mobile }) => /\d{4}/.test(mobile || "") && !mobile.includes("•"),
		on_click: ({ mobile, patient }) =>
			may_call({ doctype: "Clinic Patient", name: patient }, () => {
				window.location.href = `tel:${mobile.replace(/[^\d+]/g, "")}`;
			}),
	});
	add_menu_item({
		order: 60,
		icon: "user",
		label: () => __("Who saw this file"),
		show: () => frappe.model.can_read("Clinic Access Log"),
		on_click: views_dialog,
	});
	frappe.ui.form.on("Clinic Patient", { refresh: offer_views });
}

// On the form as well; only for who may read the log.
function offer_views(frm) {
	if (frm.is_new() || !frappe.model.can_read("Clinic Access Log")) return;
	const { name, full_name } = frm.doc;
	frm.page.add_menu_item(__("Who saw this file"), () =>
		views_dialog({ patient: name, full_name })
	);
}
