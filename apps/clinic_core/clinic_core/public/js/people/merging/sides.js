/* Two files beside each other: who they are, what differs, what will move. */

import { h, icon } from "../../kit/dom.js";
import { code, date, money, number, phone } from "../../kit/fmt.js";
import { patient_name, segmented, tag } from "../../kit/ui.js";

/** One of the two persons: {name, full_name, file_no, phones, …, counts, money}. `note` stands above. */
export function person_card(person, { note, action, tone = "neutral" } = {}) {
	return h(
		"div",
		{ class: "clinic-merge__person", data: { patient: person.name } },
		note && tag({ text: note, tone }),
		h(
			"div",
			{ class: "clinic-merge__name" },
			patient_name({ ...person, patient: person.name }),
			action
		),
		facts(person).map((fact) => h("div", { class: "clinic-merge__fact" }, fact)),
		h("div", { class: "clinic-merge__counts" }, counts(person))
	);
}

function facts(person) {
	const born = [
		person.gender && __(person.gender),
		person.birth_date && __("born {0}", [date(person.birth_date, { weekday: false })]),
	].filter(Boolean);
	const numbers = (person.phones || []).map((row) => row.phone || row);
	return [
		person.file_no && __("File {0}", [code(person.file_no)]),
		numbers.length > 0 &&
			numbers.map((text, index) => [
				index > 0 && " · ",
				h("bdi", { dir: "ltr" }, phone(text)),
			]),
		born.length > 0 && born.join(" · "),
		person.since && __("On file since {0}", [date(person.since, { weekday: false })]),
	].filter(Boolean);
}

function counts(person) {
	const shown = (person.counts || []).map((row) => `${row.label}: ${number(row.count)}`);
	const accounts = person.money;
	if (accounts?.balance)
		shown.push(__("Balance: {0}", [money(accounts.balance, { unit: true })]));
	const own = (accounts?.deposits || 0) + (accounts?.credit || 0);
	if (own) shown.push(__("Deposits and credit: {0}", [money(own, { unit: true })]));
	return shown.map((text) => tag({ text }));
}

/** What differs, with a choice each: {rows, choices} → element; `choices` is filled in by the user. */
export function differences(rows, choices) {
	if (!rows.length)
		return h("p", { class: "text-muted" }, __("The two files say the same about the person."));
	return h(
		"div",
		{ class: "clinic-merge__fields" },
		rows.map((row) => difference(row, choices))
	);
}

function difference(row, choices) {
	choices[row.field] = row.suggested;
	const labels = {
		keep: row.keep || __("nothing"),
		duplicate: row.duplicate || __("nothing"),
		both: __("both"),
	};
	const options = row.options.map((value) => ({ value, label: text_of(row, value, labels) }));
	return h(
		"div",
		{ class: "clinic-merge__field", data: { field: row.field } },
		h("div", { class: "clinic-merge__label" }, row.label),
		segmented({
			label: row.label,
			options,
			value: row.suggested,
			on_change: (value) => (choices[row.field] = value),
		})
	);
}

function text_of(row, value, labels) {
	if (value === "both" || !row[value]) return labels[value];
	if (/date|_on$/.test(row.field) && /^\d{4}-\d\d-\d\d$/.test(row[value]))
		return date(row[value], { weekday: false });
	if (row.field === "mobile") return phone(row[value]);
	return row.field === "file_no" ? code(row[value]) : row[value];
}

/** What comes over and what stays, in words. */
export function consequences(preview) {
	const united = preview.tables.map((table) =>
		h("li", {}, `${table.label}: `, h("bdi", {}, table.rows.join(" · ")))
	);
	const said = (rows) => rows.map((row) => `${row.label}: ${number(row.count)}`).join(" · ");
	return h(
		"ul",
		{ class: "clinic-merge__moves" },
		united,
		preview.moves.length > 0 &&
			h("li", {}, __("Moves to the kept file: {0}", [said(preview.moves)])),
		preview.stays.length > 0 &&
			h(
				"li",
				{},
				__("Stays as it was written and counts for the kept file: {0}", [
					said(preview.stays),
				])
			),
		h(
			"li",
			{},
			__("The merged file stays as a sign that leads to the kept one. This can be undone.")
		)
	);
}

/** What is in the way, as a warning; null when nothing is. */
export function obstacles(sentences) {
	if (!sentences.length) return null;
	return h(
		"div",
		{ class: "clinic-error", role: "alert" },
		icon("alert", 14),
		sentences.map((sentence) => h("div", {}, plain(sentence)))
	);
}

// The server's sentences are escaped for markup; here they become text.
function plain(text) {
	return new DOMParser().parseFromString(text, "text/html").body.textContent;
}
