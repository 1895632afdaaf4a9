/* The sessions of a plan, shown right after a session service was received (A05). */

import { call } from "../kit/call.js";
import { dialog } from "../kit/dialogs.js";
import { fill, h } from "../kit/dom.js";
import { date, number, time } from "../kit/fmt.js";
import { badge, skeleton } from "../kit/ui.js";
import { book_dialog } from "./book_dialog.js";

/**
 * plan_dialog([{session_plan, title, sessions: [{name, session_no, date, start, status}], patient,
 * service, practitioner}]) – dates of every session, each bookable at once.
 */
export function plan_dialog(plans, { on_done } = {}) {
	const parts = plans.map((plan) => part(plan, on_done));
	return dialog({
		title: plans.length > 1 ? __("Session plans") : __("Session plan"),
		content: h("div", { class: "clinic-plans" }, parts),
		primary: { label: __("Close"), action: async () => true },
	});
}

function part(plan, on_done) {
	const list = h("div", { class: "clinic-sessions" }, skeleton(3));
	const show = (sessions) =>
		fill(
			list,
			sessions.map((session, index) => row(plan, session, index, on_done))
		);
	if (plan.sessions?.length) show(plan.sessions);
	else load(plan).then(show);
	return h("div", { class: "clinic-plan" }, h("h5", {}, plan.title || plan.service_name || ""), list);
}

async function load(plan) {
	return call("frappe.client.get_list", {
		doctype: "Clinic Session",
		filters: { session_plan: plan.session_plan },
		fields: ["name", "session_no", "date", "status"],
		order_by: "session_no asc",
		limit_page_length: 100,
	});
}

function row(plan, session, index, on_done) {
	const bookable = session.status === "Planned" && plan.patient && plan.service;
	const book = () =>
		book_dialog({
			patient: plan.patient,
			full_name: plan.full_name,
			service: plan.service,
			practitioner: plan.practitioner,
			from_date: session.date,
			args: { session: session.name },
			on_done,
		});
	return h(
		"div",
		{ class: "clinic-session" },
		h("span", { class: "clinic-session__no" }, number(session.session_no || index + 1)),
		h("span", { class: "clinic-session__date" }, date(session.date)),
		session.start && h("span", { class: "clinic-session__time" }, time(session.start)),
		badge(session.status),
		bookable && h("button", { class: "btn btn-xs btn-default", on_click: book }, __("Book a time"))
	);
}
