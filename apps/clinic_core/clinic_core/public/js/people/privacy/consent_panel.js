/* What a person agreed to and how we may reach him, on the forms of patients and contacts (N15). */

import { call } from "../../kit/call.js";
import { fill, h, icon } from "../../kit/dom.js";
import { date, number } from "../../kit/fmt.js";
import { badge, button, skeleton, tag } from "../../kit/ui.js";
import { API, consent_dialog } from "./consent_dialog.js";

const TONES = { Given: "success", Refused: "danger", Withdrawn: "danger" };
const KINDS = {
	marketing: "Marketing",
	reminder: "Reminders",
	survey: "Surveys",
	transactional: "",
};

/** consent_panel({doctype, name, full_name, mobile}) → element; null for who may see none. */
export function consent_panel(person) {
	if (!frappe.model.can_read("Clinic Consent")) return null;
	const holder = h("div", { class: "clinic-consents" }, skeleton(2));
	const show = async () => {
		try {
			const asked = { person_doctype: person.doctype, person: person.name };
			const panel = await call(`${API}.consent_panel`, asked, { quiet: true });
			const line = contact_line(panel.contact);
			const stop = do_not_contact(person);
			if (stop) line.append(stop);
			fill(holder, line, purposes(person, panel, show));
		} catch (error) {
			fill(holder, h("div", { class: "clinic-error" }, error.message));
		}
	};
	show();
	return holder;
}

/** “Can we contact?” as a line of tags; `rows` as `may_contact` of the server gives them. */
export function contact_line(rows) {
	return h(
		"div",
		{ class: "clinic-contact-line" },
		h("span", { class: "clinic-contact-line__label" }, __("Can we contact?")),
		rows.map((row) => {
			const made = tag({
				text: `${__(row.channel)} · ${__(KINDS[row.kind])}`,
				tone: row.may ? "success" : "danger",
				icon: row.may ? "check" : "close",
				title: row.text,
			});
			made.dataset.channel = row.channel;
			made.dataset.kind = row.kind;
			made.dataset.may = row.may ? "1" : "0";
			return made;
		})
	);
}

// Opt-out and do-not-call are one list, by number: the person may ask for it at any desk.
function do_not_contact({ mobile }) {
	if (!mobile || mobile.includes("•") || !frappe.model.can_create("Clinic Do Not Contact"))
		return null;
	return button({
		label: __("Do not contact"),
		icon: "close",
		kind: "quiet",
		on_click: () => frappe.new_doc("Clinic Do Not Contact", { address: mobile }),
	});
}

function purposes(person, panel, again) {
	const may_record = frappe.model.can_create("Clinic Consent");
	return h(
		"div",
		{ class: "clinic-consents__rows", role: "list" },
		panel.purposes.map((row) => {
			const policies = panel.policies.filter((policy) =>
				policy.purposes.includes(row.purpose)
			);
			return h(
				"div",
				{
					class: "clinic-consents__row",
					role: "listitem",
					data: { purpose: row.purpose },
				},
				h(
					"div",
					{ class: "clinic-consents__what" },
					h("b", {}, __(row.label)),
					h("span", { class: "text-muted" }, __(row.mode))
				),
				h("div", { class: "clinic-consents__state" }, state(row)),
				h("div", { class: "clinic-consents__why" }, why(row)),
				h(
					"div",
					{ class: "clinic-consents__acts" },
					row.consent &&
						button({
							label: __("Show"),
							kind: "quiet",
							on_click: () =>
								frappe.set_route("Form", "Clinic Consent", row.consent),
						}),
					may_record &&
						button({
							label: __("Ask"),
							icon: "edit",
							on_click: () =>
								consent_dialog({
									person,
									full_name: person.full_name,
									policies,
									purpose: row.purpose,
									purpose_label: row.label,
									decision: row.decision === "Given" ? "Withdrawn" : "Given",
									on_done: again,
								}),
						})
				)
			);
		})
	);
}

function state(row) {
	if (!row.decision) return badge("–", { tone: "muted", label: __("Not asked") });
	const parts = [date(row.at, { short: true }), row.how && __(row.how)];
	if (row.version) parts.push(`${__("Version")} ${number(row.version)}`);
	return [
		badge(row.decision, { tone: TONES[row.decision] }),
		h("span", { class: "text-muted" }, parts.filter(Boolean).join(" · ")),
	];
}

function why(row) {
	return row.may
		? [icon("check", 14), h("span", {}, __("May be used"))]
		: [icon("close", 14), h("span", {}, row.why_text)];
}
