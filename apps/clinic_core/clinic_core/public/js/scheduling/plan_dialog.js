/* The sessions of a plan, shown right after a session service was received (A05). */

import { call } from "../kit/call.js";
import { dialog } from "../kit/dialogs.js";
import { fill, h } from "../kit/dom.js";
import { date, number } from "../kit/fmt.js";
import { badge, skeleton } from "../kit/ui.js";
import { marks_strip } from "../people/marks.js";
import { book_dialog } from "./book_dialog.js";

/** plan_dialog([names of Clinic Session Plan], {full_name, on_done}) – every session, bookable at once. */
export function plan_dialog(names, { full_name = "", on_done } = {}) {
	const holder = h("div", { class: "clinic-plans" }, skeleton(3));
	const opts = { full_name, on_done: () => Promise.all([show(), on_done?.()]) };
	let strip = null;
	const show = async () => {
		const plans = await load(names);
		strip ||= marks_strip(plans[0]?.patient);
		fill(
			holder,
			strip,
			plans.map((plan) => part(plan, opts))
		);
	};
	const frame = dialog({
		title: names.length > 1 ? __("Session plans") : __("Session plan"),
		content: holder,
		primary: { label: __("Close"), action: async () => true },
	});
	show().catch((error) => fill(holder, h("div", { class: "clinic-error" }, error.message)));
	return frame;
}

async function load(names) {
	const list = (doctype, filters, fields, order_by) =>
		call(
			"frappe.client.get_list",
			{ doctype, filters, fields, order_by, limit_page_length: 0 },
			{ quiet: true }
		);
	const plan_fields = [
		"name",
		"title",
		"patient",
		"service",
		"service.service_name",
		"area",
		"area_title",
		"practitioner",
	];
	const session_fields = ["name", "session_plan", "session_no", "date", "status", "appointment"];
	const [plans, sessions] = await Promise.all([
		list("Clinic Session Plan", { name: ["in", names] }, plan_fields, null),
		list("Clinic Session", { session_plan: ["in", names] }, session_fields, "session_no asc"),
	]);
	return plans.map((plan) => ({
		...plan,
		sessions: sessions.filter((session) => session.session_plan === plan.name),
	}));
}

function part(plan, opts) {
	return h(
		"div",
		{ class: "clinic-plan" },
		h("h5", {}, name_of(plan)),
		h(
			"div",
			{ class: "clinic-sessions" },
			plan.sessions.map((session) => row(plan, session, opts))
		)
	);
}

function name_of({ service_name, title, area_title }) {
	return area_title && service_name ? `${service_name} – ${area_title}` : service_name || title;
}

function row(plan, session, opts) {
	const book = () =>
		book_dialog({
			patient: plan.patient,
			full_name: opts.full_name,
			service: plan.service,
			area: plan.area,
			practitioner: plan.practitioner,
			from_date: session.date,
			args: { session: session.name },
			on_done: opts.on_done,
		});
	return h(
		"div",
		{ class: "clinic-session" },
		h("span", { class: "clinic-session__no" }, number(session.session_no)),
		h("span", { class: "clinic-session__date" }, date(session.date)),
		badge(session.status),
		session.status === "Planned" &&
			h("button", { class: "btn btn-xs btn-default", on_click: book }, __("Book a time"))
	);
}
