/* The heads of the columns: who, of which department, how full, and what to do with the column. */

import { fill, h } from "../../kit/dom.js";
import { number } from "../../kit/fmt.js";
import { menu } from "../../kit/menu.js";
import { appointments } from "../counted.js";
import { occupancy } from "./layout.js";

const FULL = 85;

export class Heads {
	constructor(page) {
		this.page = page;
		this.elements = new Map();
	}

	/** One element per column, kept: the grid only places them. */
	prepare(columns) {
		const kept = new Map();
		for (const column of columns) {
			kept.set(column.key, this.elements.get(column.key) || head(this.page, column.key));
		}
		this.elements = kept;
	}

	of(key) {
		return this.elements.get(key) || h("span");
	}

	refresh(columns, rows) {
		for (const column of columns) {
			fill(this.of(column.key), content(column, occupancy(column, rows)));
		}
	}
}

function head(page, key) {
	const element = h("button", {
		class: "clinic-schedule-head",
		"aria-haspopup": "menu",
		data: { column: key },
		on_click: () => open(page, element, key),
	});
	return element;
}

function content(column, full) {
	const below = column.kind === "resource" ? __(column.role) : column.department_title;
	return [
		h(
			"span",
			{ class: "clinic-schedule-head__title", dir: "auto" },
			column.colour &&
				h("i", {
					class: "clinic-schedule-head__dot",
					style: { background: column.colour },
				}),
			column.title
		),
		h("span", { class: "clinic-schedule-head__below", dir: "auto" }, below || ""),
		bar(full),
	];
}

/** The bar of how full something is, with its words. */
export function bar({ percent, count }) {
	const said = appointments(count);
	const text = percent === null ? said : `${percent_text(percent)} · ${said}`;
	const tone = percent >= 100 ? "full" : percent >= FULL ? "nearly" : "free";
	return h(
		"span",
		{ class: "clinic-occupancy", title: text },
		h(
			"span",
			{ class: `clinic-occupancy__line clinic-occupancy__line--${tone}` },
			h("i", { style: { inlineSize: `${Math.min(percent || 0, 100)}%` } })
		),
		h(
			"span",
			{ class: "clinic-occupancy__text" },
			percent === null ? number(count) : percent_text(percent)
		)
	);
}

export const percent_text = (percent) =>
	document.documentElement.lang === "fa" ? `${number(percent)}٪` : `${number(percent)}%`;

function open(page, anchor, key) {
	const column = page.column_of(key);
	const form = column.kind === "resource" ? "Clinic Resource" : "Clinic Practitioner";
	menu(
		anchor,
		[
			{
				icon: "calendar",
				label: __("Show the week"),
				on_click: () => page.show_week_of(key),
			},
			page.may_book() && {
				icon: "plus",
				label: __("New appointment"),
				on_click: () => page.book({ column }),
			},
			frappe.model.can_create("Clinic Schedule Exception") &&
				column.kind === "practitioner" && {
					icon: "clock",
					label: __("Leave or closure"),
					on_click: () =>
						frappe.new_doc("Clinic Schedule Exception", { practitioner: column.name }),
				},
			frappe.model.can_read(form) && {
				icon: "edit",
				label: __("Open the file"),
				on_click: () => frappe.set_route("Form", form, column.name),
			},
		].filter(Boolean),
		{ title: column.title }
	);
}
