/*
 * Plan all sessions in one action (N8, A05), or move the ones to come after an absence (A84): the server
 * proposes, single times can be changed, and all are booked together or none.
 */

import { text_input } from "../../controls/inputs.js";
import { action_key, call, command } from "../../kit/call.js";
import { dialog } from "../../kit/dialogs.js";
import { fill, h } from "../../kit/dom.js";
import { date, list, number, today } from "../../kit/fmt.js";
import { toast } from "../../kit/toast.js";
import { field, skeleton } from "../../kit/ui.js";
import { marks_strip } from "../../people/marks.js";
import { session_rows, stuck_box } from "./rows.js";
import { wishes } from "./wishes.js";

const API = "clinic_core.scheduling.planner.api";

/** Whether this person may plan sessions at all. */
export function may_plan() {
	return (
		frappe.model.can_create("Clinic Appointment") &&
		frappe.model.can_write("Clinic Session Plan")
	);
}

/**
 * plan_sessions({session_plan or entitlement, move_rest, from_session, first_date, reason, full_name,
 * on_done(answer), on_hide}). `move_rest`: sessions that have a time get a new one as well; `from_session`:
 * only this number and those behind it, proposed from `first_date` on.
 */
export function plan_sessions(opts) {
	const view = { ...opts, chosen: new Map(), answer: null, ticket: 0, key: action_key() };
	view.wishes = wishes({ first_date: opts.first_date, on_change: () => load(view) });
	view.head = h("div", { class: "clinic-proposal__head" });
	view.body = h("div", { class: "clinic-proposal__body", "aria-live": "polite" }, skeleton(4));
	view.reason = opts.move_rest
		? text_input({ label: __("Reason"), value: opts.reason || "" })
		: null;
	view.frame = dialog({
		title: title_of(opts),
		size: "extra-large",
		content: h(
			"div",
			{ class: "clinic-form clinic-planner" },
			view.head,
			view.wishes.element,
			view.body,
			view.reason &&
				field({
					label: __("Reason"),
					control: view.reason.element,
					hint: __("Kept with each appointment that is moved."),
				})
		),
		primary: { label: __("Book"), action: (button, area) => book(view, button, area) },
		on_hide: opts.on_hide,
	});
	load(view);
	return view.frame;
}

function title_of({ move_rest, full_name }) {
	if (move_rest) {
		return full_name ? __("Move the sessions of {0}", [full_name]) : __("Move the sessions");
	}
	return full_name ? __("Plan the sessions of {0}", [full_name]) : __("Plan the sessions");
}

function arguments_of(view) {
	const { session_plan, entitlement, from_session } = view;
	return {
		session_plan,
		entitlement,
		from_session,
		move_rest: view.move_rest ? 1 : 0,
		...view.wishes.read(),
		chosen: [...view.chosen.entries()].map(([session_no, slot]) => ({ session_no, ...slot })),
	};
}

async function load(view) {
	const ticket = ++view.ticket;
	view.body.classList.add("clinic-waiting");
	ready(view, false);
	try {
		const answer = await call(`${API}.propose`, arguments_of(view), { quiet: true });
		if (ticket !== view.ticket) return;
		view.answer = answer;
		view.wishes.set(answer);
		show(view);
	} catch (error) {
		if (ticket !== view.ticket) return;
		fill(view.body, h("div", { class: "clinic-error" }, error.message));
	} finally {
		if (ticket === view.ticket) view.body.classList.remove("clinic-waiting");
	}
}

function show(view) {
	const { answer } = view;
	show_head(view);
	fill(
		view.body,
		stuck_box(answer.impossible, (way) => view.wishes.apply(way)),
		session_rows(answer, (row, slot) => {
			const { start, end, practitioner, branch } = slot;
			view.chosen.set(row.session_no, { start, end, practitioner, branch });
			load(view);
		})
	);
	const count = to_book(view).length;
	view.frame.primary_button.textContent = action_label(view.move_rest, count);
	ready(view, count > 0 && !answer.impossible);
}

function action_label(move_rest, count) {
	if (count === 1) return move_rest ? __("Move the session") : __("Book the session");
	return move_rest
		? __("Move {0} sessions", [number(count)])
		: __("Book {0} sessions", [number(count)]);
}

function show_head(view) {
	const { answer } = view;
	view.marks ||= marks_strip(answer.patient);
	const facts = [
		answer.last_treated && last_text(view, answer.last_treated),
		answer.valid_to && __("valid until {0}", [date(answer.valid_to)]),
	].filter(Boolean);
	fill(
		view.head,
		view.marks,
		h(
			"div",
			{},
			h("strong", {}, list([answer.service_name, answer.area_title])),
			facts.length > 0 && h("span", { class: "text-muted" }, ` · ${facts.join(" · ")}`)
		)
	);
}

// Of a plan that is moved from one session on, the one before it may be still to come.
const last_text = ({ from_session }, day) =>
	from_session && day >= today()
		? __("the session before it is on {0}", [date(day)])
		: __("last treatment on {0}", [date(day)]);

const to_book = (view) => view.answer.sessions.filter((row) => row.start && !row.stays);

function ready(view, is_ready) {
	view.frame?.primary_button.classList.toggle("clinic-waiting", !is_ready);
	if (view.frame) view.frame.primary_button.disabled = !is_ready;
}

async function book(view, button, error_area) {
	const sessions = to_book(view).map(({ session_no, start, practitioner, branch }) => ({
		session_no,
		start,
		practitioner,
		branch,
	}));
	const args = {
		sessions,
		session_plan: view.session_plan,
		entitlement: view.entitlement,
		interval_days: view.session_plan ? null : view.answer.interval_days,
		reason: view.reason?.get() || null,
	};
	try {
		const made = await command(`${API}.book_sessions`, args, { button, error_area });
		toast(done_text(made));
		view.on_done?.(made);
	} catch (error) {
		// Somebody was faster: what is possible now is proposed at once, the message stays.
		if (error.status === 409 || error.status === 422) {
			view.chosen.delete(error.data?.session_no);
			load(view);
		}
		throw error;
	}
}

function done_text({ booked, moved }) {
	const said = [
		booked && __("Sessions booked: {0}", [number(booked)]),
		moved && __("Sessions moved: {0}", [number(moved)]),
	];
	return list(said) || __("Nothing had to be changed.");
}
