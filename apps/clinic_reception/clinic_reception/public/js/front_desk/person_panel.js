/* Who stands at the desk: verify, correct the name in place (D06, D08), see alerts and what is paid. */

import { warning_tag } from "./card.js";

const { h, fill, field, text_input } = clinic.ui;

const CARD = "clinic_core.people.api.patient_card";
const CORRECT = "clinic_core.people.api.correct_name";
const PAID = "clinic_reception.front_desk.api.paid_not_used";

/**
 * person_panel(patient, {on_use(entitlement_row), on_load(entitlement_rows)}) →
 * {element, ready, full_name(), save({button, error_area})}.
 * `save` writes a corrected name, if it was changed.
 */
export function person_panel(patient, { on_use, on_load } = {}) {
	const element = h("div", { class: "clinic-person" }, clinic.ui.skeleton(2));
	const panel = { patient, element, on_use, on_load, before: null };
	const ready = load(panel);
	return {
		element,
		ready,
		full_name: () => names(panel).join(" ").trim(),
		save: (opts) => save(panel, opts),
	};
}

async function load(panel) {
	const { patient } = panel;
	try {
		const [card, name, paid] = await Promise.all([
			clinic.call(CARD, { patient }, { quiet: true }),
			clinic.call(
				"frappe.client.get_value",
				{
					doctype: "Clinic Patient",
					filters: patient,
					fieldname: ["first_name", "last_name"],
				},
				{ quiet: true }
			),
			clinic.call(PAID, { patient }, { quiet: true }),
		]);
		const usable = paid.filter((row) => row.left > 0);
		show(panel, card, name, usable);
		await panel.on_load?.(usable);
	} catch (error) {
		fill(panel.element, h("div", { class: "clinic-error" }, error.message));
	}
}

function show(panel, card, name, paid) {
	panel.before = [name.first_name || "", name.last_name || ""];
	panel.first = text_input({ value: panel.before[0], label: __("First name") });
	panel.last = text_input({ value: panel.before[1], label: __("Last name") });
	fill(
		panel.element,
		h(
			"div",
			{ class: "clinic-row" },
			field({ label: __("First name"), control: panel.first.element, required: true }),
			field({ label: __("Last name"), control: panel.last.element })
		),
		facts(card),
		alerts(card),
		purchased(panel, paid)
	);
}

function facts(card) {
	const shown = [
		[__("File"), card.file_no && clinic.fmt.code(card.file_no)],
		[__("Mobile"), card.mobile && h("bdi", { dir: "ltr" }, clinic.fmt.phone(card.mobile))],
		[__("Age"), card.age !== null && card.age !== undefined && clinic.fmt.number(card.age)],
		[__("Gender"), card.gender && __(card.gender)],
		[__("Insurance"), card.coverages?.length && clinic.fmt.list(card.coverages)],
	].filter(([, value]) => value);
	return h(
		"dl",
		{ class: "clinic-facts" },
		shown.map(([label, value]) => h("div", {}, h("dt", {}, label), h("dd", {}, value)))
	);
}

function alerts(card) {
	const warnings = (card.warnings || []).map((warning) =>
		warning_tag(warning, { patient: card.name, full_name: card.full_name })
	);
	const strip = clinic.people.marks_strip(card.name);
	if (!warnings.length) return strip;
	return [strip, h("div", { class: "clinic-person__alerts", role: "alert" }, warnings)];
}

function purchased(panel, rows) {
	if (!rows.length) return null;
	return h(
		"div",
		{ class: "clinic-person__paid" },
		h("h5", {}, __("Paid, not used yet")),
		rows.map((row) =>
			h(
				"div",
				{ class: "clinic-paid" },
				h("span", { class: "clinic-paid__name" }, row.service_name),
				h("span", { class: "text-muted" }, __("{0} left", [clinic.fmt.number(row.left)])),
				row.valid_to &&
					h(
						"span",
						{ class: "text-muted" },
						__("until {0}", [clinic.fmt.date(row.valid_to, { short: true })])
					),
				panel.on_use &&
					h(
						"button",
						{ class: "btn btn-xs btn-default", on_click: () => panel.on_use(row) },
						__("Use now")
					),
				row.is_session_based && sessions_button(panel, row)
			)
		)
	);
}

// The calendar over the purchase, or the form that makes one.
function sessions_button(panel, row) {
	const { plan_dialog, plan_sessions, may_plan } = clinic.scheduling;
	if (!row.session_plan && !may_plan()) return null;
	const label = () => (row.session_plan ? __("Sessions") : __("Plan the sessions"));
	const open = () => {
		const full_name = names(panel).join(" ").trim();
		if (row.session_plan) return plan_dialog([row.session_plan], { full_name });
		const on_done = (planned) => {
			row.session_plan = planned.session_plan;
			made.textContent = label();
		};
		return plan_sessions({ entitlement: row.name, full_name, on_done });
	};
	const made = h("button", { class: "btn btn-xs btn-default", on_click: open }, label());
	return made;
}

const names = (panel) =>
	panel.first ? [panel.first.get(), panel.last.get()] : panel.before || [];

async function save(panel, opts) {
	const [first_name, last_name] = names(panel);
	if (!panel.before || (first_name === panel.before[0] && last_name === panel.before[1])) return;
	if (!first_name) {
		panel.first.input.focus();
		throw new Error(__("Please write the first name."));
	}
	await clinic.command(CORRECT, { patient: panel.patient, first_name, last_name }, opts);
	panel.before = [first_name, last_name];
}
