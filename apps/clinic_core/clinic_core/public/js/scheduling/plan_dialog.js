/* Session plans with their sessions: what was, what is to come, what is left; planned and moved from here. */

import { call } from "../kit/call.js";
import { dialog } from "../kit/dialogs.js";
import { fill, h } from "../kit/dom.js";
import { date, number, time, today } from "../kit/fmt.js";
import { badge, button, skeleton, tag } from "../kit/ui.js";
import { marks_strip } from "../people/marks.js";
import { book_dialog } from "./book_dialog.js";
import { may_plan, plan_sessions } from "./planning/plan_sessions.js";

const OVERVIEW = "clinic_core.scheduling.planner.api.overview";
const ORDER = ["Attended", "Booked", "Planned", "Absent", "Burnt", "Cancelled"];

/** plan_dialog([names of Clinic Session Plan], {full_name, on_done}) – every session, bookable at once. */
export function plan_dialog(names, { full_name = "", on_done } = {}) {
	const holder = h("div", { class: "clinic-plans" }, skeleton(3));
	let strip = null;
	const show = async () => {
		const plans = await load(names);
		strip ||= marks_strip(plans[0]?.patient);
		const changed = () => Promise.all([show(), on_done?.()]);
		fill(
			holder,
			strip,
			plans.map((plan) => part(plan, { full_name, on_done: changed }))
		);
	};
	const frame = dialog({
		title: names.length > 1 ? __("Session plans") : __("Session plan"),
		size: "large",
		content: holder,
		primary: { label: __("Close"), action: async () => true },
	});
	show().catch((error) => fill(holder, h("div", { class: "clinic-error" }, error.message)));
	return frame;
}

/** The sessions of one plan inside its form, kept up to date by the form. */
export async function plan_panel(element, name, on_done) {
	fill(element, skeleton(2));
	try {
		const [plan] = await load([name]);
		fill(element, part(plan, { full_name: plan.full_name, on_done, in_form: true }));
	} catch (error) {
		fill(element, h("div", { class: "clinic-error" }, error.message));
	}
}

const load = (names) => call(OVERVIEW, { session_plans: names }, { quiet: true });

function part(plan, opts) {
	return h(
		"div",
		{ class: "clinic-plan" },
		!opts.in_form && h("h5", {}, name_of(plan)),
		h("div", { class: "clinic-plan__sum" }, sums(plan), actions(plan, opts)),
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

function sums({ counts, left, absences_left }) {
	return h(
		"span",
		{ class: "clinic-plan__counts" },
		ORDER.filter((status) => counts[status]).map((status) =>
			badge(status, { label: `${number(counts[status])} ${__(status)}` })
		),
		left !== null && tag({ text: __("{0} left of the purchase", [number(left)]) }),
		tag({
			text: absences_left
				? __("Absences still excused: {0}", [number(absences_left)])
				: __("The next absence burns its session"),
			tone: absences_left ? "neutral" : "warning",
		})
	);
}

function actions(plan, { full_name, on_done }) {
	if (!may_plan()) return null;
	const open = (move_rest) => () =>
		plan_sessions({
			session_plan: plan.name,
			move_rest,
			full_name: full_name || plan.full_name,
			on_done,
		});
	return h(
		"span",
		{ class: "clinic-plan__actions" },
		plan.may_book &&
			button({
				label: __("Plan the open ones"),
				icon: "calendar",
				kind: "primary",
				on_click: open(false),
			}),
		plan.may_move &&
			button({ label: __("Move the rest"), icon: "refresh", on_click: open(true) })
	);
}

function row(plan, session, opts) {
	const book = () =>
		book_dialog({
			patient: plan.patient,
			full_name: opts.full_name,
			service: plan.service,
			area: plan.area,
			practitioner: plan.practitioner,
			from_date: session.date > today() ? session.date : undefined,
			args: { session: session.name },
			on_done: opts.on_done,
		});
	const is_open = ["Planned", "Absent"].includes(session.status) && plan.status === "Active";
	return h(
		"div",
		{ class: "clinic-session", data: { status: session.status } },
		h("span", { class: "clinic-session__no" }, number(session.session_no)),
		h("span", { class: "clinic-session__date" }, date(session.start || session.date)),
		session.start && h("span", { class: "clinic-session__time" }, time(session.start)),
		session.start &&
			h("span", { class: "clinic-session__who text-muted" }, session.practitioner_name),
		badge(session.status, {
			label: session.is_excused ? __("Absent, excused") : null,
		}),
		is_open &&
			frappe.model.can_create("Clinic Appointment") &&
			h("button", { class: "btn btn-xs btn-default", on_click: book }, __("Book a time"))
	);
}
