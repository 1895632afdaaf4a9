/* The form of a service: its hint, its help, and what one option means for another. */

import { show_completeness } from "./completeness.js";
import { help_at_field, help_in_tabs } from "./help_links.js";

const TABS = {
	specs_tab: "specs",
	profile_tab: "profile",
	sessions_tab: "sessions",
	dental_tab: "dental",
};

/** Called by the form's `refresh`. */
export function refresh_service_form(frm) {
	const found = frm.is_new() ? null : frm.doc.__onload?.completeness;
	show_completeness(frm, "completeness_hint", found);
	show_completeness(frm, "profile_hint", found);
	help_in_tabs(frm, TABS);
	help_at_field(frm, "has_insurance", "insurance");
	if (!frm.is_new()) {
		frm.page.set_indicator(
			__(frm.doc.status, null, "Clinic Service"),
			frm.doc.status === "Active" ? "green" : "gray"
		);
		add_buttons(frm);
	}
}

function add_buttons(frm) {
	const go = __("Go to");
	frm.add_custom_button(
		__("Prices so far"),
		() => frappe.set_route("List", "Clinic Service Price", { service: frm.doc.name }),
		go
	);
	frm.add_custom_button(
		__("Coming appointments"),
		() =>
			frappe.set_route("List", "Clinic Appointment", {
				service: frm.doc.name,
				status: ["in", ["Held", "Booked", "Confirmed", "Arrived"]],
			}),
		go
	);
	if (frm.perm[0]?.write) {
		frm.add_custom_button(
			__("Arrange services"),
			() => frappe.set_route("clinic-arrange-services", { service: frm.doc.name }),
			go
		);
	}
}

/** Online payment without online booking makes no sense: one follows the other. */
export function follow_online_booking(frm) {
	if (!frm.doc.bookable_online && frm.doc.pay_online) frm.set_value("pay_online", 0);
}

/** Who switches online payment on starts with the usual kind. */
export function follow_online_payment(frm) {
	if (frm.doc.pay_online && !frm.doc.online_payment_mode) {
		frm.set_value("online_payment_mode", "Full Amount");
	}
	if (!frm.doc.pay_online) frm.set_value({ online_payment_mode: "", online_deposit: 0 });
}

/** A course starts with figures that can be saved. */
export function follow_session_mode(frm) {
	if (!frm.doc.is_session_based) return;
	if (!frm.doc.session_count) frm.set_value("session_count", 6);
	if (!frm.doc.session_interval_days) frm.set_value("session_interval_days", 30);
}
