/* One price of the table: old, new (to be typed over), the difference, and what deserves a second look. */

import { money_unit } from "../../kit/boot.js";
import { read_number } from "../../kit/digits.js";
import { h, icon } from "../../kit/dom.js";
import { date, money, number } from "../../kit/fmt.js";
import { toast } from "../../kit/toast.js";
import { tag } from "../../kit/ui.js";

/** price_row(row, view) → a <tr>; `view.on_type(key, amount or null)` keeps what is typed. */
export function price_row(row, view) {
	const difference = row.new - row.old;
	const tone = difference > 0 ? "up" : difference < 0 ? "down" : "same";
	return h(
		"tr",
		{ class: `clinic-prices__row clinic-prices__row--${tone}`, data: { key: row.key } },
		h("th", { scope: "row" }, name_of(row)),
		amount_cell(money(row.old)),
		view.on_type ? new_price_cell(row, view) : amount_cell(money(row.new)),
		amount_cell(difference ? signed(difference) : "—", "clinic-prices__difference"),
		amount_cell(difference ? percent_text(row.percent) : "—", "clinic-prices__difference"),
		h("td", { class: "clinic-prices__notes" }, view.on_type && notes(row))
	);
}

const amount_cell = (text, extra = "") =>
	h("td", { class: `clinic-prices__number ${extra}`.trim(), dir: "ltr" }, text);

/** "+12.5%", with the sign first in both directions of writing. */
export function percent_text(value) {
	if (value === null) return "—";
	const sign = value > 0 ? "+" : value < 0 ? "−" : "";
	return `\u2066${sign}${number(Math.abs(value), { decimals: value % 1 ? 2 : 0 })}${__(
		"%"
	)}\u2069`;
}

// The sign stands before the number in both directions of writing.
const signed = (value) => `\u2066${value > 0 ? "+" : "−"}${money(Math.abs(value))}\u2069`;

function name_of(row) {
	return [
		h("span", { class: "clinic-prices__name" }, row.service_name),
		row.area_title && h("span", { class: "clinic-prices__area" }, row.area_title),
		h("span", { class: "clinic-prices__place" }, row.department),
	];
}

function new_price_cell(row, view) {
	const { factor, label } = money_unit();
	const text = number(row.new / factor);
	const box = h("input", {
		class: "form-control clinic-prices__box",
		type: "text",
		inputmode: "decimal",
		dir: "ltr",
		autocomplete: "off",
		value: text,
		data: { key: row.key },
		"aria-label": __("New price of {0} in {1}", [
			[row.service_name, row.area_title].filter(Boolean).join(" · "),
			label,
		]),
		on_focus: (event) => event.target.select(),
		on_keydown: (event) => {
			if (event.key !== "Escape") return;
			event.stopPropagation();
			box.value = text;
			box.select();
		},
		on_blur: () => !view.drawing && keep(box, text, row, view),
	});
	return h(
		"td",
		{
			class: `clinic-prices__number${row.typed ? " clinic-prices__typed" : ""}`,
			dir: "ltr",
		},
		row.typed && undo(row, view),
		box
	);
}

function undo(row, view) {
	const title = __("Back to the computed price");
	return h(
		"button",
		{
			class: "clinic-prices__remove",
			title,
			"aria-label": title,
			on_click: () => view.on_type(row.key, null),
		},
		icon("undo", 13)
	);
}

function keep(box, before, row, view) {
	if (box.value === before) return;
	const value = read_number(box.value);
	if (Number.isNaN(value) || value < 0) {
		toast(
			value < 0
				? __("A price is never below zero. The previous value was kept.")
				: __("“{0}” is not a number. The previous value was kept.", [box.value]),
			{ kind: "error" }
		);
		box.value = before;
		return;
	}
	view.on_type(row.key, value === null ? null : Math.round(value * money_unit().factor));
}

function notes(row) {
	const texts = {
		scheduled: () =>
			__("Only until {0}: then {1}", [
				date(row.scheduled.from, { short: true }),
				money(row.scheduled.amount),
			]),
		becomes_zero: () => __("Free of charge"),
		was_zero: () => __("Was free of charge"),
		large: () => __("More than half"),
		behind: () => __("{0} contracts keep their own price", [number(row.contracts)]),
	};
	const tones = { becomes_zero: "danger", large: "danger" };
	return [
		row.moved && tag({ text: __("Changed meanwhile"), tone: "danger" }),
		row.doubts.map((code) => tag({ text: texts[code](), tone: tones[code] || "warning" })),
	];
}
