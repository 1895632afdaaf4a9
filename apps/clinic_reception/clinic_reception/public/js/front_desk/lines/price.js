/* What a line costs, part by part, each number with its reason; and the sum of all lines. */

import { explain } from "./explain.js";

const { h } = clinic.ui;

// What the patient does not pay: for whoever shares the income, not for the front desk.
const INTERNAL = new Set(["deduction", "performance_base", "patient_share", "total"]);

/** The amount in bold: what the patient pays, with the whole calculation behind it. */
export function price_of(quote) {
	const lines = (quote.lines || []).filter((line) => !INTERNAL.has(line.code));
	const before = quote.list_total;
	return [
		before > quote.patient_share &&
			h("s", { "aria-hidden": "true" }, clinic.fmt.money(before)),
		explain(
			h("strong", {}, clinic.fmt.money(quote.patient_share, { unit: true })),
			lines.map(sentence).join("\n"),
			{ label: __("The patient pays") }
		),
	];
}

/** The parts of a price in one row; nothing when the list price is the whole story. */
export function parts_of(quote) {
	const lines = (quote.lines || []).filter((line) => !INTERNAL.has(line.code));
	if (lines.length < 2) return null;
	return h("div", { class: "clinic-line__parts" }, lines.map(part));
}

/** What the price function has to say besides numbers; the touch-up has a button of its own. */
export function notes_of(quote) {
	const notes = (quote.notes || []).filter((note) => note.code !== "touch_up_possible");
	return notes.map((note) =>
		h("div", { class: "clinic-line__note" }, clinic.fmt.digits(note.text))
	);
}

function part(line) {
	return h(
		"span",
		{ class: "clinic-line__part" },
		h("span", { class: "clinic-line__part-label" }, __(line.label)),
		explain(clinic.fmt.money(line.amount), clinic.fmt.digits(line.why || ""), {
			label: __(line.label),
		})
	);
}

function sentence(line) {
	const why = line.why ? ` (${clinic.fmt.digits(line.why)})` : "";
	return `${__(line.label)}: ${clinic.fmt.money(line.amount)}${why}`;
}

const TOTALS = [
	["list_total", () => __("List price"), 1],
	["contract_adjustment", () => __("Contract"), 1],
	["discount", () => __("Discount"), -1],
	["added_tax", () => __("Tax"), 1],
	["insurer_share", () => __("Insurers pay"), -1],
];

/** The total of all lines: list, contract, discount, tax, insurers, and what the patient pays. */
export function totals_of(quotes, { complete }) {
	const sum = (field) => quotes.reduce((total, quote) => total + amount(quote, field), 0);
	const shown = TOTALS.map(([field, label, sign]) => [label(), sum(field) * sign]);
	const parts = shown.filter(([, value]) => value);
	const patient = sum("patient_share");
	return [
		parts.length > 1 &&
			h(
				"div",
				{ class: "clinic-lines__parts" },
				parts.map(([label, value]) =>
					h(
						"span",
						{ class: "clinic-line__part" },
						h("span", { class: "clinic-line__part-label" }, label),
						h("span", {}, clinic.fmt.money(value))
					)
				)
			),
		h("span", {}, __("The patient pays")),
		h("strong", {}, complete ? clinic.fmt.money(patient, { unit: true }) : "…"),
	];
}

function amount(quote, field) {
	if (field === "added_tax") return quote.tax_included ? 0 : quote.tax || 0;
	return quote[field] || 0;
}
