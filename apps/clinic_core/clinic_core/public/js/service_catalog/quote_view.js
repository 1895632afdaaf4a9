/* What a price consists of, each number with its reason: for whoever has a quote to show. */

import { h, icon } from "../kit/dom.js";
import { digits, money } from "../kit/fmt.js";

const NOTE_TONES = { fixed_amount: "warning", not_insured: "warning", inactive: "warning" };

/** An answer of `get_quote` as an element: its lines, what each side pays, and what else to know. */
export function quote_view(quote) {
	const paid = quote.lines.filter((line) => !line.is_information);
	const information = quote.lines.filter((line) => line.is_information);
	return h(
		"div",
		{ class: "clinic-quote" },
		h(
			"table",
			{ class: "clinic-quote__lines" },
			h("tbody", {}, paid.map(line_row)),
			h("tbody", { class: "clinic-quote__totals" }, totals(quote)),
			information.length > 0 &&
				h(
					"tbody",
					{ class: "clinic-quote__information" },
					h("tr", {}, h("th", { colspan: 2, scope: "rowgroup" }, __("For information"))),
					information.map(line_row)
				)
		),
		quote.notes.map(note_view)
	);
}

function line_row(line) {
	return h(
		"tr",
		{ data: { code: line.code } },
		h(
			"td",
			{},
			h("div", {}, line.label),
			line.why && h("div", { class: "clinic-quote__why" }, digits(line.why))
		),
		h("td", { class: "clinic-quote__amount" }, money(line.amount))
	);
}

function totals(quote) {
	const row = (label, amount, name) =>
		h(
			"tr",
			{ data: { code: name } },
			h("th", { scope: "row" }, label),
			h("td", { class: "clinic-quote__amount" }, money(amount, { unit: true }))
		);
	return [
		row(__("Patient pays"), quote.patient_share, "patient_share"),
		quote.insurer_share > 0 && row(__("Insurers pay"), quote.insurer_share, "insurers"),
		quote.insurer_share > 0 && row(__("Together"), quote.total, "total"),
	];
}

function note_view(note) {
	const tone = NOTE_TONES[note.code] || "info";
	return h(
		"div",
		{ class: `clinic-quote__note clinic-quote__note--${tone}`, data: { code: note.code } },
		icon(tone === "warning" ? "alert" : "help", 14),
		h("span", {}, note.text)
	);
}
