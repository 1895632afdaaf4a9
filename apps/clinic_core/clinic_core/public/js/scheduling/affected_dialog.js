/* Appointments that a leave or a closure leaves without anybody, moved one by one or together (G08). */

import { call, command } from "../kit/call.js";
import { dialog } from "../kit/dialogs.js";
import { fill, h } from "../kit/dom.js";
import { datetime, number, phone } from "../kit/fmt.js";
import { badge, button, empty, patient_name, skeleton } from "../kit/ui.js";
import { move_dialog } from "./book_dialog.js";

const LIST = "clinic_core.scheduling.affected.api.appointments";
const MOVE = "clinic_core.scheduling.api.reschedule";

/** affected_dialog(exception, {title, reason, on_done}): the list with proposals; moves what is ticked. */
export function affected_dialog(exception, { title, reason, on_done } = {}) {
	const view = {
		exception,
		reason: reason || title || __("Schedule change"),
		keep: "same_practitioner",
		rows: [],
		off: new Set(),
		failed: new Map(),
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
			h("div", { class: "clinic-affected__bar" }, keep, view.count),
			view.body
		),
		primary: { label: __("Move the ticked ones"), action: () => move_ticked(view) },
	});
	load(view);
	return view.frame;
}

async function load(view) {
	fill(view.body, skeleton(3));
	view.failed.clear();
	try {
		view.rows = await call(
			LIST,
			{ exception: view.exception, keep: view.keep },
			{ quiet: true }
		);
	} catch (error) {
		return fill(view.body, empty({ icon: "alert", title: error.message }));
	}
	show(view);
}

function show(view) {
	view.count.textContent = view.rows.length
		? __("{0} appointments", [number(view.rows.length)])
		: "";
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
		on_change: () => view.off[tick.checked ? "delete" : "add"](row.appointment),
	});
	tick.checked = Boolean(row.proposal) && !view.off.has(row.appointment);
	tick.disabled = !row.proposal;
	const failure = view.failed.get(row.appointment);
	return h(
		"div",
		{ class: "clinic-affected__row", data: { appointment: row.appointment } },
		tick,
		h(
			"div",
			{ class: "clinic-affected__who" },
			patient_name(row),
			h("span", { class: "text-muted", dir: "ltr" }, phone(row.mobile)),
			h("div", { class: "text-muted small" }, row.service_name)
		),
		h(
			"div",
			{ class: "clinic-affected__when" },
			h("div", {}, datetime(row.start), " ", badge(row.status)),
			h("div", { class: "clinic-affected__to" }, proposal_text(row.proposal)),
			failure && h("div", { class: "clinic-error small" }, failure)
		),
		button({ label: __("Other time"), kind: "quiet", on_click: () => other_time(view, row) })
	);
}

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

// One after the other: each is a command of its own, so what was moved stays moved if one is refused.
async function move_ticked(view) {
	const ticked = view.rows.filter((row) => row.proposal && !view.off.has(row.appointment));
	if (!ticked.length) return false;
	let moved = 0;
	for (const [index, row] of ticked.entries()) {
		view.count.textContent = __("Moving {0} of {1} …", [
			number(index + 1),
			number(ticked.length),
		]);
		try {
			await command(
				MOVE,
				{
					appointment: row.appointment,
					start: row.proposal.start,
					practitioner: row.proposal.practitioner,
					reason: view.reason,
					by: "Clinic",
				},
				{ quiet: true }
			);
			moved += 1;
			view.rows = view.rows.filter((other) => other !== row);
		} catch (error) {
			view.failed.set(row.appointment, error.message);
		}
		show(view);
	}
	view.on_done?.();
	frappe.show_alert({
		message: __("{0} appointments were moved.", [number(moved)]),
		indicator: view.failed.size ? "orange" : "green",
	});
	return view.rows.length === 0;
}
