/* Five columns on a wide screen, tabs on a tablet or phone (D02). */

import { may } from "./actions.js";
import { card } from "./card.js";
import { new_appointment, new_reception } from "./walk_in.js";

const { h, fill } = clinic.ui;

const STILL_TO_COME = new Set(["Held", "Booked", "Confirmed", "Arrived", "No Show"]);

const COLUMNS = [
	{
		key: "appointments",
		icon: "calendar",
		title: () => __("Appointments"),
		empty: () => __("Nobody is booked for this day."),
		action: (desk) => ({
			label: __("New appointment"),
			on_click: () => new_appointment(desk),
		}),
	},
	{
		key: "reception",
		icon: "door",
		title: () => __("Reception"),
		empty: () => __("Nobody is waiting."),
		hint: () => __("Receive somebody from the appointments, or start a new reception."),
		action: (desk) =>
			may("receive") && { label: __("New reception"), on_click: () => new_reception(desk) },
	},
	{
		key: "consultation",
		icon: "user",
		title: () => __("Consultation"),
		empty: () => __("Nobody is with a consultant."),
	},
	{
		key: "treatment",
		icon: "clock",
		title: () => __("Treatment"),
		empty: () => __("Nobody is being treated."),
	},
	{
		key: "done",
		icon: "check",
		title: () => __("Done"),
		empty: () => __("Nobody has finished yet."),
	},
];

export class Board {
	constructor(desk) {
		this.desk = desk;
		this.all_appointments = false;
		this.tabs = h("div", { class: "clinic-board__tabs", role: "tablist" });
		this.columns = h("div", { class: "clinic-board__columns" });
		this.element = h("div", { class: "clinic-board" }, this.tabs, this.columns);
		this.parts = Object.fromEntries(COLUMNS.map((column) => [column.key, this.make(column)]));
		this.choose(localStorage.getItem("clinic_board_tab") || "appointments");
		this.columns.addEventListener("keydown", (event) => move(event, this.columns));
	}

	make(column) {
		const count = h("span", { class: "clinic-column__count" });
		const tab_count = h("span", { class: "clinic-column__count" });
		const body = h("div", { class: "clinic-column__body" });
		const id = `clinic-column-${column.key}`;
		const element = h(
			"section",
			{
				class: `clinic-column clinic-column--${column.key}`,
				id,
				"aria-label": column.title(),
			},
			h("header", { class: "clinic-column__head" }, h("h2", {}, column.title()), count),
			body
		);
		const tab = h(
			"button",
			{
				class: "clinic-board__tab",
				role: "tab",
				"aria-controls": id,
				on_click: () => this.choose(column.key),
			},
			column.title(),
			tab_count
		);
		this.columns.append(element);
		this.tabs.append(tab);
		return { column, element, body, tab, counts: [count, tab_count] };
	}

	choose(key) {
		if (!this.parts[key]) key = "appointments";
		localStorage.setItem("clinic_board_tab", key);
		for (const [name, part] of Object.entries(this.parts)) {
			part.tab.setAttribute("aria-selected", String(name === key));
			part.element.classList.toggle("clinic-column--chosen", name === key);
		}
	}

	loading() {
		for (const part of Object.values(this.parts)) {
			fill(part.body, clinic.ui.skeleton(3));
			part.counts.forEach((count) => (count.textContent = ""));
		}
	}

	failed(error, again) {
		const [first, ...others] = Object.values(this.parts);
		const action = { label: __("Try again"), on_click: again };
		fill(first.body, clinic.ui.empty({ icon: "alert", title: error.message, action }));
		others.forEach((part) => fill(part.body));
	}

	show(data) {
		const focused = document.activeElement?.closest?.(".clinic-card")?.dataset.key;
		for (const [key, part] of Object.entries(this.parts))
			this.show_column(part, data[key] || []);
		if (!focused) return;
		const again = this.columns.querySelector(
			`.clinic-card[data-key="${CSS.escape(focused)}"]`
		);
		if (again && document.activeElement === document.body)
			again.focus({ preventScroll: true });
	}

	show_column(part, rows) {
		const { key } = part.column;
		const shown = key === "appointments" ? this.still_to_come(rows) : rows;
		const text = shown.length ? clinic.fmt.number(shown.length) : "";
		part.counts.forEach((count) => (count.textContent = text));
		const scroll = part.body.scrollTop;
		fill(
			part.body,
			shown.length
				? shown.map((row) => card(this.desk, key, row))
				: this.nothing(part.column),
			key === "appointments" && this.rest(rows)
		);
		part.body.scrollTop = scroll;
	}

	still_to_come(rows) {
		return this.all_appointments ? rows : rows.filter((row) => STILL_TO_COME.has(row.status));
	}

	rest(rows) {
		const count = rows.filter((row) => !STILL_TO_COME.has(row.status)).length;
		if (!count) return null;
		const label = this.all_appointments
			? __("Hide received and cancelled")
			: __("Show {0} received or cancelled", [clinic.fmt.number(count)]);
		const toggle = () => {
			this.all_appointments = !this.all_appointments;
			this.show(this.desk.data);
		};
		return h(
			"button",
			{ class: "btn btn-xs clinic-btn-quiet clinic-column__more", on_click: toggle },
			label
		);
	}

	nothing({ icon, empty, hint, action }) {
		return clinic.ui.empty({
			icon,
			title: empty(),
			hint: hint?.(),
			action: action?.(this.desk),
		});
	}

	/** Every minute: waiting times go on. */
	tick() {
		for (const element of this.columns.querySelectorAll("[data-since]")) {
			element.textContent = clinic.fmt.duration(
				clinic.fmt.minutes_between(element.dataset.since)
			);
		}
		this.desk.bar.refresh();
	}
}

// Up and down go through a column, sideways to the next one.
function move(event, columns) {
	const from = event.target.closest(".clinic-card");
	if (!from || event.target !== from) return;
	const rtl = document.documentElement.dir === "rtl";
	const body = from.parentElement;
	if (event.key === "ArrowDown") step(from.nextElementSibling);
	else if (event.key === "ArrowUp") step(from.previousElementSibling);
	else if (event.key === "ArrowRight" || event.key === "ArrowLeft") {
		const forward = (event.key === "ArrowRight") !== rtl;
		const bodies = [...columns.querySelectorAll(".clinic-column__body")].filter(
			(other) => other.querySelector(".clinic-card") || other === body
		);
		step(bodies[bodies.indexOf(body) + (forward ? 1 : -1)]?.querySelector(".clinic-card"));
	} else if (event.key === "Enter") from.querySelector(".clinic-card__actions button")?.click();
	else return;
	event.preventDefault();
}

function step(to) {
	if (to?.classList.contains("clinic-card")) to.focus();
}
