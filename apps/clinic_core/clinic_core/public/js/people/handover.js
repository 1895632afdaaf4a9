/* Appointments of somebody who leaves: each with who could take it and who is free then (2.1 "Staff"). */

import { call, command } from "../kit/call.js";
import { confirm_reason, dialog } from "../kit/dialogs.js";
import { fill, h } from "../kit/dom.js";
import { datetime, number } from "../kit/fmt.js";
import { toast } from "../kit/toast.js";
import { button, empty, patient_name, skeleton } from "../kit/ui.js";

const API = "clinic_core.people.staff.api";

/** handover({practitioner, after}) opens the list; what was moved or cancelled disappears from it. */
export function handover({ practitioner, after }) {
	const list = new Handover(practitioner, after);
	dialog({
		title: __("Reassign appointments"),
		size: "large",
		content: list.element,
		primary: { label: __("Close"), action: async () => true },
	});
	list.load();
	return list;
}

class Handover {
	constructor(practitioner, after) {
		Object.assign(this, { practitioner, after, rows: [], chosen: new Set(), problems: {} });
		this.takers = {};
		this.element = h("div", { class: "clinic-handover" }, skeleton(4));
	}

	async load() {
		try {
			this.rows = await call(
				`${API}.to_reassign`,
				{ practitioner: this.practitioner, after: this.after },
				{ quiet: true }
			);
		} catch (error) {
			fill(this.element, h("div", { class: "clinic-error" }, error.message));
			return;
		}
		this.chosen = new Set(this.rows.map((row) => row.appointment));
		for (const row of this.rows)
			this.takers[row.appointment] ??=
				row.choices.find((one) => one.is_free)?.practitioner || "";
		this.draw();
	}

	draw() {
		if (!this.rows.length) {
			fill(
				this.element,
				empty({ icon: "check", title: __("No appointment is left to reassign.") })
			);
			return;
		}
		fill(
			this.element,
			this.toolbar(),
			h(
				"div",
				{ class: "clinic-handover__list" },
				this.rows.map((row) => this.row(row))
			)
		);
	}

	toolbar() {
		return h(
			"div",
			{ class: "clinic-handover__all" },
			h("strong", {}, __("{0} appointments", [number(this.rows.length)])),
			button({
				label: __("Move the chosen ones"),
				kind: "primary",
				on_click: (event) => this.move(event.currentTarget),
			}),
			button({ label: __("Cancel the chosen ones"), on_click: () => this.cancel() })
		);
	}

	row(row) {
		const tick = h("input", {
			type: "checkbox",
			checked: this.chosen.has(row.appointment),
			"aria-label": row.full_name,
			on_change: (event) =>
				this.chosen[event.target.checked ? "add" : "delete"](row.appointment),
		});
		const options = row.choices.map((one) =>
			h(
				"option",
				{
					value: one.practitioner,
					selected: this.takers[row.appointment] === one.practitioner,
				},
				one.is_free ? one.name : __("{0} (not free then)", [one.name])
			)
		);
		const select = h(
			"select",
			{
				class: "form-control",
				"aria-label": __("Takes over"),
				on_change: (event) => (this.takers[row.appointment] = event.target.value),
			},
			h(
				"option",
				{ value: "" },
				row.choices.length ? __("Nobody yet") : __("Nobody gives this service")
			),
			options
		);
		return h(
			"div",
			{ class: "clinic-handover__row", data: { appointment: row.appointment } },
			tick,
			h(
				"div",
				{ class: "clinic-handover__who" },
				patient_name({ patient: row.patient, full_name: row.full_name }),
				h(
					"div",
					{ class: "clinic-handover__what" },
					h("bdi", {}, row.service_name),
					" · ",
					h("bdi", {}, datetime(row.start))
				),
				this.problems[row.appointment] &&
					h("div", { class: "clinic-handover__problem" }, this.problems[row.appointment])
			),
			select
		);
	}

	async move(pressed) {
		const moves = this.rows
			.filter((row) => this.chosen.has(row.appointment) && this.takers[row.appointment])
			.map((row) => ({
				appointment: row.appointment,
				practitioner: this.takers[row.appointment],
			}));
		if (!moves.length) return toast(__("Choose who takes over."), { kind: "warning" });
		const reason = __("The practitioner left the centre");
		const answer = await command(`${API}.reassign`, { moves, reason }, { button: pressed });
		await this.after_work(answer, __("Moved: {0}", [number(answer.moved.length)]));
	}

	async cancel() {
		const appointments = [...this.chosen];
		if (!appointments.length) return;
		await confirm_reason({
			title: __("Cancel {0} appointments", [number(appointments.length)]),
			suggestions: [__("The practitioner left the centre")],
			on_confirm: async (reason, pressed, error_area) => {
				const answer = await command(
					`${API}.cancel_appointments`,
					{ appointments, reason },
					{ button: pressed, error_area }
				);
				await this.after_work(
					answer,
					__("Cancelled: {0}", [number(answer.cancelled.length)])
				);
			},
		});
	}

	async after_work(answer, text) {
		this.problems = Object.fromEntries(
			answer.refused.map((one) => [one.appointment, one.problem])
		);
		toast(text, { kind: answer.refused.length ? "warning" : "success" });
		await this.load();
	}
}
