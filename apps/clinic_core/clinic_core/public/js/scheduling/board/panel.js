/* The panel beside the schedule: one appointment, what may be done with it, what happened to it; or who is in a group. */

import { call } from "../../kit/call.js";
import { fill, h } from "../../kit/dom.js";
import { date, duration, list, phone, time } from "../../kit/fmt.js";
import { badge, button, patient_name, skeleton, tag } from "../../kit/ui.js";
import { marks_strip } from "../../people/marks.js";
import { actions_of } from "../appointment_actions.js";
import { history_list } from "../history_panel.js";
import { what } from "./event_content.js";
import { book_place, group_head, member_list } from "./group_panel.js";
import { group_of, members_of } from "./groups.js";
import { minute } from "./layout.js";

const DETAILS = "clinic_core.scheduling.schedule_board.api.details";
export class Panel {
	constructor(page) {
		Object.assign(this, { page, row: null, group: null, ticket: 0 });
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
		Object.assign(this, { row, group: null });
		this.show();
	}

	/** Everybody of a group; from each one leads the way back here. */
	open_group(group) {
		Object.assign(this, { row: null, group });
		this.show();
	}

	show() {
		this.element.hidden = false;
		this.draw();
		this.element.querySelector("button")?.focus({ preventScroll: true });
	}

	close() {
		Object.assign(this, { row: null, group: null });
		this.element.hidden = true;
		fill(this.element);
	}

	/** These were read again: is the one that is open among them? */
	reread(names) {
		if (this.group) return this.reread_group();
		if (!this.row || !names.includes(this.row.appointment)) return;
		const row = this.page.data.appointments.find(
			(one) => one.appointment === this.row.appointment
		);
		if (!row) return this.close();
		this.row = row;
		this.draw();
	}

	reread_group() {
		this.group = members_of(this.page.rows(), this.group[0]);
		if (!this.group.length) return this.close();
		this.draw();
	}

	draw_group() {
		const { page, group } = this;
		this.ticket += 1; // what was asked about somebody else comes too late
		fill(
			this.element,
			group_head(group, this.close_button()),
			h("dl", { class: "clinic-panel__facts" }, facts(group[0], true)),
			member_list(page, group),
			h("div", { class: "clinic-panel__buttons" }, book_place(page, group[0]))
		);
	}

	close_button() {
		return button({
			icon: "close",
			kind: "quiet",
			title: __("Close"),
			on_click: () => this.close(),
		});
	}

	draw() {
		if (this.group) return this.draw_group();
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
				this.close_button()
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
			group_of(this.row) &&
				button({
					label: __("The whole group"),
					kind: "quiet",
					class: "btn-sm",
					on_click: () => this.page.open_place(this.row),
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

/** `of_all`: what holds for everybody of a group. */
function facts(row, of_all = false) {
	const minutes = minute(row.end) - minute(row.start);
	const rooms = [...new Set(row.parts.map((part) => part.resource_title).filter(Boolean))];
	const people = [...new Set(row.parts.map((part) => part.practitioner_name).filter(Boolean))];
	return [
		fact(
			__("Time"),
			h("span", {}, list([date(row.start), `${time(row.start)} – ${time(row.end)}`])),
			h("span", { class: "text-muted" }, duration(minutes))
		),
		!of_all && fact(__("Service"), what(row)),
		fact(__("Practitioner"), list(people.length ? people : [row.practitioner_name])),
		rooms.length > 0 && fact(__("Room or device"), list(rooms)),
		!of_all && row.mobile && fact(__("Mobile"), h("bdi", { dir: "ltr" }, phone(row.mobile))),
		!of_all && row.note && fact(__("Note"), row.note),
	];
}

const fact = (label, ...values) => h("div", {}, h("dt", {}, label), h("dd", {}, values));
