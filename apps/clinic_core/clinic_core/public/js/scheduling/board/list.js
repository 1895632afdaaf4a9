/* The schedule as a list: the day of everybody, or the week of one, by time. */

import { fill, h } from "../../kit/dom.js";
import { date, list, phone, time } from "../../kit/fmt.js";
import { badge, empty, patient_name } from "../../kit/ui.js";
import { alert_chips } from "../../people/marks.js";
import { appointments } from "../counted.js";
import { what } from "./event_content.js";
import { keys_of } from "./layout.js";

/** Rows that lie in one of these columns. */
export function rows_in(rows, columns) {
	const keys = new Set(columns.map((column) => column.key));
	return rows.filter((row) =>
		row.parts.some((part) => keys_of(part).some((key) => keys.has(key)))
	);
}

export function list_view(page, columns) {
	page.grid.forget();
	const rows = rows_in(page.rows(), columns);
	if (!rows.length) {
		return fill(
			page.body,
			h(
				"div",
				{ class: "clinic-schedule__nothing" },
				empty({
					icon: "calendar",
					title: __("No appointments here."),
					action: page.may_book() && {
						label: __("New appointment"),
						on_click: () => page.book({}),
					},
				})
			)
		);
	}
	fill(
		page.body,
		h(
			"div",
			{ class: "clinic-schedule__list" },
			days_of(rows).map(([day, of_day]) => [
				h(
					"h5",
					{},
					date(day),
					" ",
					h("span", { class: "text-muted" }, appointments(of_day.length))
				),
				h(
					"table",
					{},
					head(),
					h(
						"tbody",
						{},
						of_day.map((row) => line(page, row))
					)
				),
			])
		)
	);
}

export function days_of(rows) {
	const days = new Map();
	for (const row of rows) {
		const day = row.start.slice(0, 10);
		if (!days.has(day)) days.set(day, []);
		days.get(day).push(row);
	}
	return [...days];
}

function head() {
	const titles = [
		__("Time"),
		__("Patient"),
		__("Mobile"),
		__("Service"),
		__("Practitioner"),
		__("Room or device"),
		__("Status"),
	];
	return h(
		"thead",
		{},
		h(
			"tr",
			{},
			titles.map((title) => h("th", { scope: "col" }, title))
		)
	);
}

export const rooms_of = (row) =>
	list([...new Set(row.parts.map((part) => part.resource_title).filter(Boolean))]);

function line(page, row) {
	const open = () => page.open(row);
	return h(
		"tr",
		{
			tabIndex: 0,
			data: { appointment: row.appointment },
			on_click: (event) => !event.target.closest("button") && open(),
			on_keydown: (event) => {
				const step = {
					ArrowDown: "nextElementSibling",
					ArrowUp: "previousElementSibling",
				}[event.key];
				if (event.target !== event.currentTarget) return;
				if (event.key === "Enter") open();
				else if (step) event.currentTarget[step]?.focus();
				else return;
				event.preventDefault();
			},
		},
		h("td", { class: "clinic-schedule__time" }, `${time(row.start)} – ${time(row.end)}`),
		h("td", {}, patient_name(row), " ", alert_chips(row.alerts)),
		h("td", {}, h("bdi", { dir: "ltr" }, phone(row.mobile))),
		h("td", {}, what(row)),
		h("td", {}, row.practitioner_name),
		h("td", {}, rooms_of(row)),
		h("td", {}, badge(row.status))
	);
}
