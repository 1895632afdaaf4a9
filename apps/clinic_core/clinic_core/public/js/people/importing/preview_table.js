/* The first rows as they will be stored: what was read otherwise is marked, problems stand in their cell. */

import { h, icon } from "../../kit/dom.js";
import { code, date, datetime, list, money, number, phone } from "../../kit/fmt.js";
import { badge, empty } from "../../kit/ui.js";

const TONES = { Created: "success", Updated: "info", Skipped: "muted", Failed: "danger" };

export function preview_table({ columns, rows }) {
	if (!rows.length)
		return empty({ icon: "search", title: __("There are no rows below the headings") });
	const problems = rows.filter((row) => row.outcome === "Failed").length;
	return [
		h("h3", { class: "clinic-import__title" }, __("The first rows as they will be stored")),
		problems > 0 &&
			h(
				"p",
				{ class: "clinic-import__missing" },
				icon("alert", 14),
				__(
					"{0} of these {1} rows have errors. You can import anyway: rows with errors are left out and can be corrected afterwards.",
					[number(problems), number(rows.length)]
				)
			),
		h(
			"div",
			{ class: "clinic-import__scroll" },
			h(
				"table",
				{ class: "clinic-import__table clinic-import__table--rows" },
				h(
					"thead",
					{},
					h(
						"tr",
						{},
						h("th", {}, __("Row")),
						h("th", {}, __("Result")),
						columns.map((column) => h("th", {}, column.label))
					)
				),
				h(
					"tbody",
					{},
					rows.map((row) => body_row(row, columns))
				)
			)
		),
	];
}

function body_row(row, columns) {
	return h(
		"tr",
		{
			class: row.outcome === "Failed" ? "clinic-import__row--bad" : "",
			data: { row: row.row },
		},
		h("td", {}, number(row.row)),
		h(
			"td",
			{},
			badge(row.outcome, { tone: TONES[row.outcome], label: expected(row.outcome) }),
			row.note && h("div", { class: "clinic-import__hint" }, row.note),
			row.problems.map((text) => h("div", { class: "clinic-import__problem" }, text))
		),
		columns.map((column) => cell(row.cells[column.key], column.reader))
	);
}

function expected(outcome) {
	return {
		Created: __("Will be created"),
		Updated: __("Will be updated"),
		Skipped: __("Will be skipped"),
		Failed: __("Error"),
	}[outcome];
}

function cell({ value, was, problems }, reader) {
	if (problems.length)
		return h(
			"td",
			{ class: "clinic-import__cell--bad" },
			h("bdi", {}, was || "–"),
			problems.map((text) => h("div", { class: "clinic-import__problem" }, text))
		);
	const text = shown(value, reader);
	return h(
		"td",
		{ title: was && was !== text ? __("In the file: {0}", [was]) : null },
		h("bdi", {}, text)
	);
}

function shown(value, reader) {
	if (value === null || value === undefined || value === "") return "";
	if (reader === "phones") return list([].concat(value).map((one) => phone(String(one))));
	if (reader === "date") return date(value.slice(0, 10), { weekday: false });
	if (reader === "moment") return datetime(value);
	if (reader === "gender") return __(value);
	if (reader === "yes_no") return value ? __("Yes") : __("No");
	if (reader === "money" || reader === "positive_money") return money(value, { unit: true });
	if (reader === "number" || reader === "whole") return number(value);
	if (reader === "code") return code(String(value));
	return String(value);
}
