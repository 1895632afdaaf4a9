/* The panel beside the schedule: one appointment, what may be done with it, and what happened to it. */

import { call } from "../../kit/call.js";
import { fill, h } from "../../kit/dom.js";
import { date, duration, list, phone, time } from "../../kit/fmt.js";
import { badge, button, patient_name, skeleton, tag } from "../../kit/ui.js";
import { marks_strip } from "../../people/marks.js";
import { actions_of } from "../appointment_actions.js";
import { history_list } from "../history_panel.js";
import { what } from "./event_content.js";
import { minute } from "./layout.js";

const DETAILS = "clinic_core.scheduling.schedule_board.api.details";
export class Panel {
	constructor(page) {
		Object.assign(this, { page, row: null, ticket: 0 });
		this.element = h("aside", {
			class: "clinic-schedule__panel",
			"aria-label": __("Appointment"),
			hidden: true,
			on_keydown: (event) => {
				if (event.key !== "Escape") return;
				event.stopPropagation();
				this.close();
				page.grid.focus();
			},
		});
	}

	open(row) {
		this.row = row;
		this.element.hidden = false;
		this.draw();
		this.element.querySelector("button")?.focus({ preventScroll: true });
	}

	close() {
		this.row = null;
		this.element.hidden = true;
		fill(this.element);
	}

	/** These were read again: is the one that is open among them? */
	reread(names) {
		if (!this.row || !names.includes(this.row.appointment)) return;
		const row = this.page.data.appointments.find(
			(one) => one.appointment === this.row.appointment
		);
		if (!row) return this.close();
		this.row = row;
		this.draw();
	}

	draw() {
		const { row } = this;
		this.more = h("div", { class: "clinic-panel__more" }, skeleton(1));
		fill(
			this.element,
			h(
				"div",
				{ class: "clinic-panel__head" },
				badge(row.status),
				row.is_squeeze_in ? tag({ text: __("Squeezed in"), tone: "warning" }) : null,
				!row.is_returning && tag({ text: __("New customer"), tone: "info" }),
				button({
					icon: "close",
					kind: "quiet",
					title: __("Close"),
					on_click: () => this.close(),
				})
			),
			h("div", { class: "clinic-panel__who" }, patient_name(row)),
			marks_strip(row.patient),
			h("dl", { class: "clinic-panel__facts" }, facts(row)),
			this.buttons(),
			this.more
		);
		this.load();
	}

	buttons() {
		const on_done = () => this.page.reread([this.row.appointment]);
		const error_area = h("div", { class: "clinic-error", hidden: true });
		return h(
			"div",
			{ class: "clinic-panel__buttons" },
			actions_of(this.row, { on_done }).map(({ action, label, kind, run }) => {
				const made = button({
					label,
					kind,
					class: "btn-sm",
					on_click: () => run({ button: made, error_area }),
				});
				made.dataset.action = action;
				return made;
			}),
			button({
				label: __("Open the form"),
				kind: "quiet",
				class: "btn-sm",
				on_click: () =>
					frappe.set_route("Form", "Clinic Appointment", this.row.appointment),
			}),
			error_area
		);
	}

	async load() {
		const ticket = ++this.ticket;
		const { appointment } = this.row;
		try {
			const details = await call(DETAILS, { appointment }, { quiet: true });
			if (ticket === this.ticket)
				fill(this.more, h("h6", {}, __("History")), history_list(details));
		} catch (error) {
			if (ticket === this.ticket) {
				fill(this.more, h("div", { class: "clinic-error" }, error.message));
			}
		}
	}
}

function facts(row) {
	const minutes = minute(row.end) - minute(row.start);
	const rooms = [...new Set(row.parts.map((part) => part.resource_title).filter(Boolean))];
	const people = [...new Set(row.parts.map((part) => part.practitioner_name).filter(Boolean))];
	return [
		fact(
			__("Time"),
			h("span", {}, list([date(row.start), `${time(row.start)} – ${time(row.end)}`])),
			h("span", { class: "text-muted" }, duration(minutes))
		),
		fact(__("Service"), what(row)),
		fact(__("Practitioner"), list(people.length ? people : [row.practitioner_name])),
		rooms.length > 0 && fact(__("Room or device"), list(rooms)),
		row.mobile && fact(__("Mobile"), h("bdi", { dir: "ltr" }, phone(row.mobile))),
		row.note && fact(__("Note"), row.note),
	];
}

const fact = (label, ...values) => h("div", {}, h("dt", {}, label), h("dd", {}, values));
