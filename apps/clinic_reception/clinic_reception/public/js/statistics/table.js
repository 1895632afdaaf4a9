/* The table: sortable, with a row of totals; a click on a figure opens what is behind it. */

import { fill, h, icon } from "../shared/kit";
import { sparkline, trend } from "./charts";
import { columns, figure } from "./columns";
import { jalali_month } from "./periods";

/** statistics_table({answer, months, on_open(what, row)}) → {element, set_months(months)}. */
export class StatisticsTable {
	constructor({ answer, on_open }) {
		this.answer = answer;
		this.on_open = on_open;
		this.months = null;
		this.sort = { field: "net", down: true };
		this.columns = columns().filter(
			(column) => !column.if_any || Number(answer.totals[column.field])
		);
		this.element = h("div", {
			class: "clinic-stats__scroll",
			role: "region",
			tabIndex: 0,
			"aria-label": __("Services"),
		});
		this.draw();
	}

	set_months(months) {
		this.months = months;
		this.draw();
	}

	draw() {
		fill(
			this.element,
			h(
				"table",
				{ class: "clinic-stats__table" },
				h(
					"thead",
					{},
					h(
						"tr",
						{},
						this.columns.map((column) => this.head(column))
					)
				),
				h(
					"tbody",
					{},
					this.rows().map((row) => this.row(row))
				),
				h(
					"tfoot",
					{},
					this.row({ ...this.answer.totals, service_name: __("Total") }, true)
				)
			)
		);
	}

	rows() {
		const { field, down } = this.sort;
		const text = field === "service_name";
		const order = (a, b) =>
			text
				? a.service_name.localeCompare(b.service_name, clinic.lang())
				: (a[field] ?? -Infinity) - (b[field] ?? -Infinity);
		return [...this.answer.rows].sort((a, b) => (down ? order(b, a) : order(a, b)));
	}

	head(column) {
		const on = column.field === this.sort.field;
		if (column.kind === "spark") return h("th", { scope: "col" }, column.label);
		return h(
			"th",
			{
				scope: "col",
				class: column.kind === "text" ? null : "clinic-stats__figure",
				"aria-sort": on ? (this.sort.down ? "descending" : "ascending") : "none",
			},
			h(
				"button",
				{ on_click: () => this.sort_by(column), data: { field: column.field } },
				column.label,
				on && icon("down", 12)
			)
		);
	}

	sort_by({ field, kind }) {
		const again = this.sort.field === field;
		this.sort = { field, down: again ? !this.sort.down : kind !== "text" };
		this.draw();
		this.element.querySelector(`th button[data-field="${field}"]`)?.focus();
	}

	row(row, is_total = false) {
		return h(
			"tr",
			{ data: { service: row.service || "" } },
			this.columns.map((column) => this.cell(column, row, is_total))
		);
	}

	cell(column, row, is_total) {
		const { kind, field } = column;
		const value = row[field];
		if (kind === "text") return this.name_cell(row, is_total);
		if (kind === "spark") return h("td", {}, this.spark(row, is_total));
		if (kind === "trend") {
			const shown = value === null ? figure(kind, null) : trend(value);
			return h("td", { class: "clinic-stats__figure" }, shown);
		}
		const text = figure(kind, value);
		// A reception of two services is in both rows: their sum is no list. The tile above opens it.
		const is_list = !is_total || ["appointments", "no_shows"].includes(column.opens);
		const opens = column.opens && Number(value) && is_list;
		const shown = opens
			? h(
					"button",
					{
						class: "clinic-stats__open",
						title: __("Show the documents"),
						data: { opens: column.opens },
						on_click: () => this.on_open(column.opens, row),
					},
					text
			  )
			: text;
		return h("td", { class: "clinic-stats__figure", data: { field } }, shown);
	}

	name_cell(row, is_total) {
		if (is_total) return h("th", { scope: "row" }, row.service_name);
		return h(
			"th",
			{ scope: "row" },
			h(
				"a",
				{
					href: frappe.utils.get_form_link("Clinic Service", row.service),
				},
				row.service_name
			),
			h("span", { class: "clinic-stats__note" }, row.department_title)
		);
	}

	spark(row, is_total) {
		if (!this.months) return null;
		const { months, services } = this.months;
		const values = is_total
			? summed(months, services, this.answer.rows)
			: services[row.service];
		if (!values) return null;
		const last = clinic.fmt.money(values.at(-1), { unit: true });
		return sparkline(values, `${jalali_month(months.at(-1), { year: true })}: ${last}`);
	}
}

function summed(months, services, rows) {
	return months.map((_month, index) =>
		rows.reduce((sum, row) => sum + (services[row.service]?.[index] || 0), 0)
	);
}
