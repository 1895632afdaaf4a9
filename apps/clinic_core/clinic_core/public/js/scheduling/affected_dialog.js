/* Appointments that a leave or a closure leaves without anybody, moved one by one or together (G08). */

import { call, command } from "../kit/call.js";
import { confirm, dialog } from "../kit/dialogs.js";
import { fill, h } from "../kit/dom.js";
import { datetime, number, phone } from "../kit/fmt.js";
import { toast } from "../kit/toast.js";
import { badge, button, empty, patient_name, skeleton } from "../kit/ui.js";
import { move_dialog } from "./book_dialog.js";
import * as counted from "./counted.js";
import { notify_choice } from "./notify_choice.js";
import { may_plan, plan_sessions } from "./planning/plan_sessions.js";

const LISTS = {
	"Clinic Schedule Exception": "clinic_core.scheduling.affected.api.appointments",
	"Clinic Holiday": "clinic_core.scheduling.affected.api.of_holiday",
};
const API = "clinic_core.scheduling.api";

/**
 * affected_dialog(name, {doctype, title, reason, on_done}): the appointments of a leave, a closure or a
 * holiday with proposals; moves or cancels what is ticked, and notes whether the patients are to be told.
 */
export function affected_dialog(
	name,
	{ doctype = "Clinic Schedule Exception", title, reason, on_done } = {}
) {
	const view = {
		list: LISTS[doctype],
		asked: doctype === "Clinic Holiday" ? { holiday: name } : { exception: name },
		reason: reason || title || __("Schedule change"),
		keep: "same_practitioner",
		rows: [],
		ticked: new Map(),
		failed: new Map(),
		tell: notify_choice({ label: __("Tell the patients") }),
		body: h("div", { class: "clinic-affected__rows" }),
		on_done,
	};
	const keep = h(
		"select",
		{
			class: "form-control input-sm",
			"aria-label": __("Propose"),
			on_change: () => {
				view.keep = keep.value;
				load(view);
			},
		},
		h("option", { value: "same_practitioner" }, __("The same practitioner, later")),
		h("option", { value: "same_day" }, __("The same day, somebody else"))
	);
	view.count = h("span", { class: "text-muted", "aria-live": "polite" });
	view.frame = dialog({
		title: title || __("Appointments to move"),
		size: "large",
		content: h(
			"div",
			{ class: "clinic-affected" },
			h("div", { class: "clinic-affected__bar" }, keep, view.tell.element, view.count),
			view.body
		),
		primary: { label: __("Move the ticked ones"), action: () => move_ticked(view) },
		secondary: { label: __("Cancel the ticked ones"), action: () => cancel_ticked(view) },
	});
	load(view);
	return view.frame;
}

async function load(view) {
	fill(view.body, skeleton(3));
	view.failed.clear();
	try {
		view.rows = await call(view.list, { ...view.asked, keep: view.keep }, { quiet: true });
	} catch (error) {
		return fill(view.body, empty({ icon: "alert", title: error.message }));
	}
	show(view);
}

function show(view) {
	view.count.textContent = view.rows.length ? counted.appointments(view.rows.length) : "";
	if (!view.rows.length) {
		return fill(
			view.body,
			empty({ icon: "check", title: __("No appointment has to be moved.") })
		);
	}
	fill(
		view.body,
		view.rows.map((row) => line(view, row))
	);
}

function line(view, row) {
	const tick = h("input", {
		type: "checkbox",
		"aria-label": row.full_name,
		on_change: () => view.ticked.set(row.appointment, tick.checked),
	});
	tick.checked = is_ticked(view, row);
	const failure = view.failed.get(row.appointment);
	return h(
		"div",
		{ class: "clinic-affected__row", data: { appointment: row.appointment } },
		tick,
		h(
			"div",
			{ class: "clinic-affected__who" },
			patient_name(row),
			h("div", { class: "text-muted" }, h("bdi", { dir: "ltr" }, phone(row.mobile))),
			h("div", { class: "text-muted small" }, row.service_name)
		),
		h(
			"div",
			{ class: "clinic-affected__when" },
			h("div", {}, datetime(row.start), " ", badge(row.status)),
			h("div", { class: "clinic-affected__to" }, proposal_text(row.proposal)),
			failure && h("div", { class: "clinic-error small" }, failure)
		),
		h(
			"div",
			{ class: "clinic-affected__ways" },
			button({
				label: __("Other time"),
				kind: "quiet",
				on_click: () => other_time(view, row),
			}),
			row.session_plan &&
				may_plan() &&
				button({
					label: __("Move the rest"),
					kind: "quiet",
					title: __("Move this session and those that follow"),
					on_click: () => move_rest(view, row),
				})
		)
	);
}

// Who has a proposal is ticked to begin with.
const is_ticked = (view, row) => view.ticked.get(row.appointment) ?? Boolean(row.proposal);

function proposal_text(proposal) {
	if (!proposal) return __("No free time was found.");
	const arrow = document.documentElement.dir === "rtl" ? "←" : "→";
	return `${arrow} ${datetime(proposal.start)} · ${proposal.practitioner_name}`;
}

function other_time(view, row) {
	const on_done = () => {
		view.on_done?.();
		load(view);
	};
	// With whoever is free: this one is away.
	move_dialog({ ...row, practitioner: null, on_done });
}

// A course moves on as a whole: this session and those behind it, each one interval after the other.
function move_rest(view, row) {
	plan_sessions({
		session_plan: row.session_plan,
		from_session: row.session_no,
		move_rest: true,
		reason: view.reason,
		full_name: row.full_name,
		on_done: () => {
			view.on_done?.();
			load(view);
		},
	});
}

async function move_ticked(view) {
	const rows = view.rows.filter((row) => row.proposal && is_ticked(view, row));
	if (!rows.length) throw new Error(__("Tick an appointment that has a proposal."));
	const moved = await each(view, rows, (row) =>
		command(
			`${API}.reschedule`,
			{
				appointment: row.appointment,
				start: row.proposal.start,
				practitioner: row.proposal.practitioner,
				reason: view.reason,
				by: "Clinic",
				...view.tell.args(),
			},
			{ quiet: true }
		)
	);
	return told(view, counted.moved(moved));
}

async function cancel_ticked(view) {
	const rows = view.rows.filter((row) => is_ticked(view, row));
	if (!rows.length) return;
	const sure = await confirm({
		title: __("Cancel {0} appointments", [number(rows.length)]),
		message: __("Reason: {0}", [view.reason]),
		action_label: __("Cancel the ticked ones"),
	});
	if (!sure) return;
	const cancelled = await each(view, rows, (row) =>
		command(
			`${API}.cancel`,
			{
				appointment: row.appointment,
				reason: view.reason,
				by: "Clinic",
				...view.tell.args(),
			},
			{ quiet: true }
		)
	);
	if (told(view, counted.cancelled(cancelled))) view.frame.hide();
}

// One after the other: each is a command of its own, so what was done stays done if one is refused.
async function each(view, rows, work) {
	let done = 0;
	view.failed.clear();
	for (const [index, row] of rows.entries()) {
		view.count.textContent = __("{0} of {1} …", [number(index + 1), number(rows.length)]);
		try {
			await work(row);
			done += 1;
			view.rows = view.rows.filter((other) => other !== row);
		} catch (error) {
			view.failed.set(row.appointment, error.message);
		}
		show(view);
	}
	return done;
}

// Says what was done; true when nothing is left. The notices are in the history of the appointments.
function told(view, text) {
	view.on_done?.();
	const can_see = frappe.model.can_read("Clinic Appointment Move");
	const on_click = () => {
		view.frame.hide();
		frappe.set_route("List", "Clinic Appointment Move", { notify: "Yes" });
	};
	toast(text, {
		kind: view.failed.size ? "warning" : "success",
		action: can_see && view.tell.wants() ? { label: __("Patients to tell"), on_click } : null,
	});
	return view.rows.length === 0;
}
