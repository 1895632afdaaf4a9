/*
 * Receive somebody (D06–D08, D18–D21): who it is, what for, which services, what it costs – in one
 * window. The same window sells more services on a visit that is already there.
 */

import { person_panel } from "./person_panel.js";
import { service_lines } from "./service_lines.js";
import { visit_choice } from "./visit_choice.js";

const { h } = clinic.ui;

const DESK = "clinic_reception.front_desk.api";

/**
 * receive_dialog(desk, {appointment: row} or {patient, full_name, services}).
 */
export function receive_dialog(
	desk,
	{ appointment = null, patient = null, full_name = "", visit_type = "Consultation" } = {}
) {
	const who = appointment?.patient || patient;
	const name = appointment?.full_name || full_name;
	const lines = make_lines(who, {
		practitioner: () => appointment?.practitioner || null,
		branch: () => appointment?.branch || desk?.branch || visit?.branch() || null,
	});
	const visit = visit_choice({
		type: visit_type,
		practitioner: appointment?.practitioner,
		ask_branch: !appointment && !desk?.branch,
	});
	const person = person_panel(who, {
		on_use: (row) => use(lines, row),
		on_load: (paid) => appointment && prefill(lines, visit, appointment, paid),
	});
	const subject = () =>
		appointment
			? { appointment: appointment.appointment }
			: { patient: who, branch: desk?.branch || visit.branch() };
	clinic.ui.dialog({
		title: __("Receive {0}", [name]),
		size: "extra-large",
		content: layout(person, visit, lines),
		primary: {
			label: __("Receive"),
			action: async (button, error_area) => {
				// What was booked has to be in the list before it is sent.
				await wait_for(person.ready, button);
				await person.save({ button, error_area });
				const args = {
					...subject(),
					visit_type: visit.type(),
					immediate: visit.immediate(),
					practitioner: visit.consultant(),
					services: lines.read(),
				};
				const made = await clinic.command(`${DESK}.receive`, args, { button, error_area });
				received(desk, made, person.full_name() || name);
			},
		},
	});
}

function layout(person, visit, lines) {
	return h(
		"div",
		{ class: "clinic-receive" },
		h(
			"div",
			{ class: "clinic-receive__person" },
			heading(1, __("Who is it?")),
			person.element
		),
		h(
			"div",
			{ class: "clinic-receive__sale" },
			heading(2, __("What for?")),
			visit.element,
			heading(3, __("Services")),
			lines.element
		)
	);
}

/** More services on a visit: what the consultant sold, the syringes known only afterwards. */
export function sell_dialog(desk, row) {
	const lines = make_lines(row.patient, {
		practitioner: () => row.practitioner,
		branch: () => row.branch || desk?.branch || null,
	});
	const person = person_panel(row.patient, { on_use: (entry) => use(lines, entry) });
	clinic.ui.dialog({
		title: __("More services for {0}", [row.full_name]),
		size: "extra-large",
		content: h(
			"div",
			{ class: "clinic-receive" },
			h("div", { class: "clinic-receive__person" }, person.element),
			h(
				"div",
				{ class: "clinic-receive__sale" },
				heading(null, __("Services")),
				lines.element
			)
		),
		on_show: () => lines.focus(),
		primary: {
			label: __("Add to the visit"),
			action: async (button, error_area) => {
				if (lines.is_empty()) throw new Error(__("Please add at least one service."));
				await person.save({ button, error_area });
				const args = { visit: row.visit, services: lines.read() };
				const made = await clinic.command(`${DESK}.sell`, args, { button, error_area });
				clinic.ui.toast(__("Added for {0}.", [row.full_name]));
				show_plans(made, row.full_name);
				desk?.refresh();
			},
		},
	});
}

function make_lines(patient, { practitioner, branch }) {
	return service_lines({ patient: () => patient, practitioner, branch });
}

async function use(lines, row) {
	if (lines.has_entitlement(row.name)) return;
	const { left, area_title } = row;
	await lines.add_by_name(row.service, { entitlement: row.name, left, area_title });
}

// What was booked; if it is paid for already, that purchase is used and not sold again (D21).
async function prefill(lines, visit, appointment, paid) {
	const { service, practitioner, area } = appointment;
	const fits = (row) => row.service === service && (!area || row.area === area);
	const purchase = paid.find(fits);
	const bought = purchase
		? { entitlement: purchase.name, left: purchase.left, area_title: purchase.area_title }
		: {};
	const known = await lines.add_by_name(service, { practitioner, area, ...bought });
	const who = (await clinic.catalog.practitioners()).find((row) => row.name === practitioner);
	const consulting = known?.department_kind === "Consultation" || who?.kind === "Consultant";
	visit.suggest(consulting ? "Consultation" : "Treatment");
}

function heading(step, text) {
	return h(
		"h4",
		{ class: "clinic-receive__step" },
		step && h("span", { class: "clinic-receive__no" }, clinic.fmt.number(step)),
		text
	);
}

async function wait_for(promise, button) {
	const done = clinic.ui.busy(button);
	await promise.finally(done);
}

function received(desk, made, name) {
	const total = made.patient_share
		? __("{0} is received; {1} to pay.", [
				name,
				clinic.fmt.money(made.patient_share, { unit: true }),
		  ])
		: __("{0} is received.", [name]);
	clinic.ui.toast(total, {
		about: made.visit,
		action: { label: __("Undo"), on_click: () => undo(desk, made.visit, name) },
		seconds: 12,
	});
	show_plans(made, name);
	desk?.refresh();
}

async function undo(desk, visit, name) {
	await clinic.command(`${DESK}.undo_visit`, { visit }).then(
		() => clinic.ui.toast(__("The reception of {0} is undone.", [name])),
		() => {}
	);
	desk?.refresh();
}

// What makes its sessions by itself asks nothing (A80); else their form opens, one purchase after another (A05).
function show_plans(made, full_name) {
	if (made.session_plans?.length) {
		clinic.ui.toast(__("The sessions of {0} are laid out.", [full_name]), {
			kind: "info",
			action: {
				label: __("Book the times"),
				on_click: () => clinic.scheduling.plan_dialog(made.session_plans, { full_name }),
			},
			seconds: 12,
		});
	}
	plan_each(made.to_plan || [], full_name);
}

function plan_each([entitlement, ...rest], full_name) {
	if (!entitlement || !clinic.scheduling.may_plan()) return;
	const on_hide = () => plan_each(rest, full_name);
	clinic.scheduling.plan_sessions({ entitlement, full_name, on_hide });
}
