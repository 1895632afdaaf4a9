/*
 * What can be done with a person on the board, by column and state. The server decides who may;
 * here is what makes sense. Every step that may be a mis-click offers "Undo" right after it.
 */

import { receive_dialog, sell_dialog } from "./receive_dialog.js";
import { triage_dialog } from "./triage_dialog.js";

const SCHEDULING = "clinic_core.scheduling.api";
const DESK = "clinic_reception.front_desk.api";
const QUEUE = "clinic_core.scheduling.queue.api";

/** Whether the user may do `action` of clinic_reception/access.py; the server asks again. */
export const may = (action) => Boolean(frappe.boot.clinic_reception?.may?.[action]);

/** actions_of(desk, column, row) → {visible: [{label, kind, on_click(button)}], hidden(anchor) → menu items}. */
export function actions_of(desk, column, row) {
	const make = column === "appointments" ? of_appointment : of_visit;
	const all = make(desk, row, column).filter((action) => !action.show || action.show());
	return {
		visible: all.filter((action) => action.visible),
		hidden: (anchor) =>
			all
				.filter((action) => !action.visible)
				.map((action) => ({ ...action, on_click: () => action.on_click(anchor) })),
	};
}

/** The menu entries of a row, all of its actions. */
export function menu_of(desk, row) {
	if (!row.column) return [];
	const { visible, hidden } = actions_of(desk, row.column, row);
	const anchor = null;
	const first = visible.map((action) => ({
		...action,
		on_click: () => action.on_click(anchor),
	}));
	return [...first, ...hidden(anchor), { divider: true }];
}

/** What choosing a found person does: receive who is expected. Gives false when there is no such step. */
export function open_row(desk, row) {
	if (row.column !== "appointments") return false;
	if (!may("receive") || !["Booked", "Confirmed", "Arrived"].includes(row.status)) return false;
	receive_dialog(desk, { appointment: row });
	return true;
}

function of_appointment(desk, row) {
	const is = (...states) => states.includes(row.status);
	// The server says what this user may do with it.
	const can = (action) => row.actions.includes(action);
	const step = (method, done) => (button) => move_appointment(desk, row, method, done, button);
	const name = row.full_name;
	return [
		{
			label: __("Arrived", null, "action"),
			icon: "door",
			kind: is("Confirmed") ? "primary" : "default",
			visible: is("Booked", "Confirmed", "No Show"),
			show: () => can("arrive"),
			on_click: step("arrive", __("{0} has arrived.", [name])),
		},
		{
			label: __("Confirm"),
			icon: "phone",
			visible: true,
			show: () => can("confirm"),
			on_click: step("confirm", __("The appointment of {0} is confirmed.", [name])),
		},
		{
			label: row.called_at ? __("Call again") : __("Call"),
			icon: "phone",
			show: () => row.queue_no && is("Arrived"),
			on_click: (button) => call_number(desk, row, button),
		},
		{
			label: __("Receive"),
			icon: "check",
			kind: "primary",
			visible: is("Arrived"),
			show: () => may("receive") && is("Booked", "Confirmed", "Arrived"),
			on_click: () => receive_dialog(desk, { appointment: row }),
		},
		{
			label: is("Arrived") ? __("Undo the arrival") : __("Undo the confirmation"),
			icon: "undo",
			show: () => can("undo"),
			on_click: step("undo", __("Undone.")),
		},
		{
			label: __("Move to another time"),
			icon: "calendar",
			show: () => can("reschedule"),
			on_click: () => move_in_time(desk, row),
		},
		{
			label: __("Cancel the appointment"),
			icon: "close",
			danger: true,
			show: () => can("cancel"),
			on_click: () => cancel(desk, row),
		},
		{
			label: __("Did not come"),
			icon: "user",
			show: () => can("no_show") && clinic.fmt.minutes_between(row.start) > 0,
			on_click: step("no_show", __("{0} is marked as not come.", [name])),
		},
	];
}

async function call_number(desk, row, button) {
	const args = { appointment: row.appointment };
	await quietly(clinic.command(`${QUEUE}.call`, args, { button }), ({ queue_no }) =>
		clinic.ui.toast(called_text(queue_no, row.full_name))
	);
	desk.refresh();
}

/** What is said when somebody is called. */
export const called_text = (number, name) =>
	__("Number {0}, {1}: please come in.", [clinic.fmt.number(number), name]);

function of_visit(desk, row, column) {
	const is = (...states) => states.includes(row.status);
	const to = (status) => (button) => set_status(desk, row, status, button);
	return [
		{
			label: __("Send to"),
			icon: "share",
			kind: "primary",
			visible: column === "reception",
			show: () => may("triage") && !is("Closed"),
			on_click: () => triage_dialog(desk, row),
		},
		{
			label: __("Start"),
			icon: "clock",
			kind: "primary",
			visible: true,
			show: () => may("move_visit") && is("Triaged"),
			on_click: to("In Service"),
		},
		{
			label: __("Done", null, "action"),
			icon: "check",
			kind: "primary",
			visible: true,
			show: () => may("move_visit") && is("In Service"),
			on_click: to("Done"),
		},
		{
			label: row.called_at ? __("Call again") : __("Call"),
			icon: "phone",
			show: () => row.queue_no && is("Waiting", "Triaged"),
			on_click: (button) => call_number(desk, row, button),
		},
		{
			label: __("Sell more services"),
			icon: "plus",
			visible: is("In Service"),
			show: () => may("sell") && !is("Closed"),
			on_click: () => sell_dialog(desk, row),
		},
		{
			label: __("Close the visit"),
			icon: "check",
			show: () => may("move_visit") && is("Done"),
			on_click: to("Closed"),
		},
		...of_visit_back(desk, row, column),
	];
}

function of_visit_back(desk, row, column) {
	const is = (...states) => states.includes(row.status);
	const back = { "In Service": "Triaged", Done: "In Service", Closed: "Done" }[row.status];
	return [
		{
			label: __("Print the receptions"),
			icon: "print",
			on_click: () => print_visit(row),
		},
		{
			label:
				column === "consultation" ? __("Void the consultation") : __("Void the referral"),
			icon: "close",
			danger: true,
			show: () =>
				row.triage &&
				may(is("In Service") ? "void_started_triage" : "void_triage") &&
				is("Triaged", "In Service"),
			on_click: () => void_triage(desk, row),
		},
		{
			label: __("Undo: back to “{0}”", [__(back || "")]),
			icon: "undo",
			show: () => Boolean(back) && may("move_visit"),
			on_click: (button) => set_status(desk, row, back, button),
		},
		{
			label: __("Undo the reception"),
			icon: "undo",
			danger: true,
			show: () => row.can_undo,
			on_click: () => undo_visit(desk, row),
		},
	];
}

const UNDOABLE = new Set(["confirm", "arrive"]);

async function move_appointment(desk, row, method, done, button) {
	const args = { appointment: row.appointment };
	await quietly(clinic.command(`${SCHEDULING}.${method}`, args, { button }), () => {
		const undo = () => move_appointment(desk, row, "undo", __("Undone."));
		clinic.ui.toast(done, {
			about: row.appointment,
			action: UNDOABLE.has(method) ? { label: __("Undo"), on_click: undo } : null,
		});
	});
	desk.refresh();
}

function move_in_time(desk, row) {
	clinic.scheduling.move_dialog({ ...row, branch: null, on_done: () => desk.refresh() });
}

function cancel(desk, row) {
	clinic.scheduling.cancel_dialog({
		...row,
		suggestions: [
			__("The patient asked for it"),
			__("Booked by mistake"),
			__("The practitioner is absent"),
		],
		on_done: () => {
			clinic.ui.toast(__("The appointment of {0} is cancelled.", [row.full_name]));
			desk.refresh();
		},
	});
}

async function set_status(desk, row, status, button) {
	const before = row.status;
	const args = { visit: row.visit, status };
	await quietly(clinic.command(`${DESK}.set_visit_status`, args, { button }), () => {
		const undo = () => set_status(desk, { ...row, status }, before);
		clinic.ui.toast(__("{0}: {1}", [row.full_name, __(status)]), {
			about: row.visit,
			action: { label: __("Undo"), on_click: undo },
		});
	});
	desk.refresh();
}

function void_triage(desk, row) {
	clinic.ui.confirm_reason({
		title: __("Void the referral of {0}", [row.full_name]),
		hint: __(
			"The person goes back to the waiting ones and can be sent again. The reason is kept."
		),
		suggestions: [__("Sent to the wrong person"), __("The patient changed their mind")],
		action_label: __("Void"),
		on_confirm: async (reason, button, error_area) => {
			const args = { triage: row.triage, reason };
			await clinic.command(`${DESK}.void_triage`, args, { button, error_area });
			clinic.ui.toast(__("{0} is waiting again.", [row.full_name]));
			desk.refresh();
		},
	});
}

export function undo_visit(desk, row) {
	return clinic.ui.confirm({
		title: __("Undo the reception of {0}", [row.full_name]),
		message: __(
			"Unpaid receptions of this visit are cancelled and the appointment is open again."
		),
		action_label: __("Undo the reception"),
		on_confirm: async (button, error_area) => {
			await clinic.command(
				`${DESK}.undo_visit`,
				{ visit: row.visit },
				{ button, error_area }
			);
			clinic.ui.toast(__("The reception of {0} is undone.", [row.full_name]));
			desk.refresh();
		},
	});
}

async function print_visit(row) {
	const receptions = await clinic.call("frappe.client.get_list", {
		doctype: "Clinic Reception",
		filters: { visit: row.visit, docstatus: 1 },
		fields: ["name"],
		order_by: "creation asc",
	});
	if (!receptions.length) {
		return clinic.ui.toast(__("This visit has no reception to print."), { kind: "info" });
	}
	for (const { name } of receptions) {
		const query = new URLSearchParams({ doctype: "Clinic Reception", name, trigger_print: 1 });
		window.open(`/printview?${query}`, "_blank");
	}
}

// The error has been shown already.
async function quietly(promise, then) {
	try {
		then(await promise);
	} catch (error) {
		if (error.name !== "ServerError") throw error;
	}
}
