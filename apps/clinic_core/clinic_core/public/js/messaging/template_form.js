/* The form of a template: what can be put in, and how each text arrives, for a patient one chooses (N9). */

import { call } from "../kit/call.js";
import { fill, h } from "../kit/dom.js";
import { control, field, segmented } from "../kit/ui.js";
import { bubble, letter, show_failure } from "./bubble.js";

const PREVIEW = "clinic_core.messaging.api.preview";
const PAUSE_MS = 400;
const PLACEHOLDERS = {
	patient: () => __("Patient"),
	clinic: () => __("Clinic"),
	branch: () => __("Branch"),
	branch_phone: () => __("Phone of the branch"),
	branch_address: () => __("Address of the branch"),
	service: () => __("Service"),
	practitioner: () => __("Practitioner"),
	day: () => __("Day, in the receiver's calendar"),
	time: () => __("Time of day"),
	old_day: () => __("Day before the change"),
	old_time: () => __("Time before the change"),
	until_time: () => __("Until when a time is held"),
	count: () => __("How many"),
	list: () => __("Days and times, one below the other"),
	tracking_code: () => __("Tracking code"),
	link: () => __("Address to follow it"),
	reason: () => __("Reason"),
	code: () => __("One-time code"),
};

// Templates of appointments; codes and what Frappe writes go by SMS alone (messaging/occasions.py).
const MAILED = new Set([
	...["booking", "bookings", "change", "cancellation"],
	...["reminder", "waiting_offer", "recall"],
]);

/** Called by the form's `refresh`. */
export function refresh_template(frm) {
	show_placeholders(frm);
	show_preview(frm);
}

function show_placeholders(frm) {
	const holder = frm.get_field("placeholders_html")?.$wrapper[0];
	if (!holder) return;
	const rows = Object.entries(PLACEHOLDERS).map(([name, label]) =>
		h(
			"span",
			{ class: "clinic-sms__placeholder" },
			h("code", { dir: "ltr" }, `{${name}}`),
			" ",
			label()
		)
	);
	fill(
		holder,
		h(
			"p",
			{ class: "text-muted" },
			__("These are filled in; a line in which all are empty is left out.")
		),
		h("div", { class: "clinic-sms__placeholders" }, rows)
	);
}

function show_preview(frm) {
	const holder = frm.get_field("preview_html")?.$wrapper[0];
	if (!holder) return;
	const known = `${frm.doc.name} ${may_be_mailed(frm)}`;
	if (frm.clinic_preview?.name !== known || !holder.contains(frm.clinic_preview.element))
		frm.clinic_preview = panel(frm, holder);
	frm.clinic_preview.refresh();
}

function panel(frm, holder) {
	const list = h("div", { class: "clinic-sms-list" });
	const asks_patient = frappe.model.can_read("Clinic Patient");
	let patient = null;
	let is_mail = false;
	let ticket = 0;
	let timer = null;
	const refresh = async () => {
		const mine = ++ticket;
		const rows = (frm.doc.texts || []).filter((row) => row.text);
		try {
			const shown = await Promise.all(rows.map((row) => ask(frm, row, patient, is_mail)));
			if (mine !== ticket) return;
			fill(
				list,
				shown.map((answer, at) =>
					h(
						"div",
						{},
						h("h6", {}, language_name(rows[at].language)),
						answer.html ? letter(answer) : bubble(answer)
					)
				)
			);
		} catch (error) {
			if (mine === ticket) show_failure(list, error);
		}
	};
	const soon = () => {
		clearTimeout(timer);
		timer = setTimeout(refresh, PAUSE_MS);
	};
	const choice = h("div", { class: "clinic-sms__patient" });
	const channel = segmented({
		label: __("Channel"),
		value: "SMS",
		options: [
			{ value: "SMS", label: __("SMS") },
			{ value: "Email", label: __("Email") },
		],
		on_change: (value) => {
			is_mail = value === "Email";
			refresh();
		},
	});
	const element = h("div", {}, may_be_mailed(frm) && channel, asks_patient && choice, list);
	fill(holder, element);
	if (asks_patient) {
		const box = h("div");
		choice.append(field({ label: __("As this patient would read it"), control: box }));
		control({
			parent: box,
			fieldtype: "Link",
			fieldname: "patient",
			options: "Clinic Patient",
			on_change: (value) => {
				patient = value || null;
				soon();
			},
		});
	}
	return { name: `${frm.doc.name} ${may_be_mailed(frm)}`, element, refresh: soon };
}

const may_be_mailed = (frm) => Boolean(frm.doc.by_email) && MAILED.has(frm.doc.code);

function ask(frm, row, patient, is_mail) {
	const args = { text: row.text, language: row.language };
	if (!frm.is_new()) args.template = frm.doc.name;
	if (patient) args.patient = patient;
	if (is_mail) Object.assign(args, { as_email: 1, subject: row.subject || "" });
	return call(PREVIEW, args, { quiet: true });
}

const language_name = (code) =>
	({ fa: "فارسی", en: "English", tr: "Türkçe", zh: "中文" }[code] || code || "");
