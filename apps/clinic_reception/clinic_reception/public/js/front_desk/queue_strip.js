/* Practitioners who receive by number: who was called, who is next, one button (G03). */

import { called_text } from "./actions.js";

const { h, fill, button } = clinic.ui;

const CALL_NEXT = "clinic_core.scheduling.queue.api.call_next";
const HERE = new Set(["Arrived", "Admitted", "Waiting", "Triaged"]);

export class QueueStrip {
	constructor(desk) {
		this.desk = desk;
		this.element = h("div", { class: "clinic-queues", hidden: true });
	}

	/** Numbers of the day by practitioner, from what the board shows. */
	show(data) {
		const queues = queues_of(data);
		this.element.hidden = !queues.length;
		fill(
			this.element,
			queues.map((queue) => this.queue(queue))
		);
	}

	queue({ practitioner, name, last, waiting }) {
		const { number } = clinic.fmt;
		const next = waiting[0];
		const made = button({
			label: next ? __("Call number {0}", [number(next.queue_no)]) : __("Nobody is waiting"),
			kind: next ? "primary" : "default",
			class: "btn-xs",
			on_click: () => this.call(practitioner, next, made),
		});
		made.disabled = !next || this.desk.day !== clinic.fmt.today();
		return h(
			"section",
			{ class: "clinic-queue", "aria-label": name, data: { practitioner } },
			h("strong", {}, name),
			h(
				"span",
				{ class: "clinic-queue__called", role: "status" },
				last ? __("Called: {0}", [number(last.queue_no)]) : __("Nobody called yet")
			),
			h("span", { class: "text-muted" }, __("{0} waiting", [number(waiting.length)])),
			made
		);
	}

	async call(practitioner, next, made) {
		const args = { practitioner, date: this.desk.day, branch: this.desk.branch };
		try {
			const called = await clinic.command(CALL_NEXT, args, { button: made });
			const name = called.appointment === next.appointment ? next.full_name : "";
			clinic.ui.toast(called_text(called.queue_no, name));
		} catch (error) {
			if (error.name !== "ServerError") throw error;
		}
		this.desk.refresh();
	}
}

function queues_of(data) {
	const rows = Object.values(data || {})
		.flat()
		.filter((row) => row?.queue_no > 0);
	const found = new Map();
	for (const row of rows) {
		// A visit may have been sent to somebody else; the number stays in its queue.
		const key = row.queue_practitioner || row.practitioner;
		if (!found.has(key)) found.set(key, { practitioner: key, name: key, rows: [] });
		const queue = found.get(key);
		if (row.practitioner === key) queue.name = row.practitioner_name;
		queue.rows.push(row);
	}
	return [...found.values()].map(complete);
}

function complete(queue) {
	const called = queue.rows.filter((row) => row.called_at);
	const waiting = queue.rows.filter((row) => !row.called_at && HERE.has(row.status));
	const by = (field) => (a, b) => a[field] < b[field] ? -1 : a[field] > b[field] ? 1 : 0;
	return {
		...queue,
		// Times are kept to the second: of two in one, the higher number was called later.
		last: called.sort(by("queue_no")).sort(by("called_at")).at(-1),
		waiting: waiting.sort(by("queue_no")),
	};
}
