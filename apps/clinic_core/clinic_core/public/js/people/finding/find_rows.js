/* The rows of the find box: who it is, told apart from others of the name, and why it matched. */

import { boot } from "../../kit/boot.js";
import { h, icon } from "../../kit/dom.js";
import { code, date, digits } from "../../kit/fmt.js";
import { badge, tag } from "../../kit/ui.js";

const TONES = { danger: "danger", warning: "warning", info: "info" };

/** One row: {row, other, register}; `choose` opens it, `more` its menu. */
export function row_of(entry, index, { choose, more }) {
	const content = entry.register
		? register(entry.register)
		: entry.other
		? other(entry.row)
		: patient(entry.row, more);
	return h(
		"div",
		{
			class: `clinic-findbox__row${entry.register ? " clinic-findbox__row--register" : ""}`,
			role: "option",
			id: `clinic-findbox-${index}`,
			data: { index },
			on_click: choose,
		},
		content
	);
}

export function note(text) {
	return h("div", { class: "clinic-search__note" }, text);
}

/** What the keys do, below the list; on a screen that is touched nobody needs it. */
export function hint() {
	const keys = [
		["Enter", __("Open the file")],
		["Tab", __("Statement, book, receive, call …")],
		["↑ ↓", __("Choose")],
		["Esc", __("Close")],
	];
	return h(
		"div",
		{ class: "clinic-findbox__hint" },
		keys.map(([key, label]) => h("span", {}, h("kbd", {}, key), " ", label))
	);
}

/** A text with its matching parts marked: parts are [text, is_hit]. */
export function marked(parts) {
	return (parts || []).map(([text, hit]) =>
		hit ? h("mark", { class: "clinic-hit" }, digits(text)) : digits(text)
	);
}

function patient(row, more) {
	const label = row.full_name;
	return [
		h("span", { class: "clinic-findbox__face", "aria-hidden": "true" }, icon("user", 16)),
		h(
			"div",
			{ class: "clinic-findbox__who" },
			h(
				"div",
				{ class: "clinic-findbox__name" },
				h("bdi", {}, marked(row.name_parts)),
				whom(row),
				row.alerts.length > 0 &&
					tag({
						text: row.alerts[0].text,
						tone: TONES[row.alerts[0].severity],
						icon: "alert",
						title: row.alerts.map((alert) => alert.text).join("\n"),
					}),
				row.alerts.length > 1 &&
					tag({
						text: `+${digits(row.alerts.length - 1)}`,
						tone: TONES[row.alerts[0].severity],
					}),
				row.status !== "Active" && badge(row.status, { tone: "warning" })
			),
			h("div", { class: "clinic-findbox__facts" }, facts(row), why(row))
		),
		h(
			"button",
			{
				class: "clinic-findbox__more",
				tabIndex: -1,
				"aria-label": __("More for {0}", [label]),
				"aria-haspopup": "menu",
				on_click: (event) => {
					event.stopPropagation();
					more();
				},
			},
			icon("more", 18)
		),
	];
}

function whom(row) {
	const age = row.age === null ? "" : __("{0} years", [digits(row.age)]);
	const text = [row.gender && __(row.gender), age].filter(Boolean).join(" · ");
	return text && h("span", { class: "clinic-findbox__info" }, text);
}

function facts(row) {
	const parts = [
		row.file_no &&
			(row.match === "file_no"
				? [__("File"), " ", h("bdi", { dir: "ltr" }, marked(row.why.parts))]
				: __("File {0}", [code(row.file_no)])),
		row.mobile && h("bdi", { dir: "ltr" }, shown_number(row)),
		row.last_visit && __("last visit {0}", [date(row.last_visit, { short: true })]),
		row.branch && boot().branches?.[row.branch],
	];
	return parts.filter(Boolean).map((part) => h("span", { class: "clinic-findbox__info" }, part));
}

// The main number is marked where it stands; another one that matched is named as the reason.
const is_main = (row) =>
	row.match === "mobile" && row.why.parts.map(([text]) => text).join("") === row.mobile;
const shown_number = (row) => (is_main(row) ? marked(row.why.parts) : digits(row.mobile));

function why(row) {
	if (row.match === "mobile" && !is_main(row)) {
		const whose = row.why.note ? `${row.why.note}: ` : `${__("Another number")}: `;
		const number = h("bdi", { dir: "ltr" }, marked(row.why.parts));
		return h("span", { class: "clinic-findbox__why" }, whose, number);
	}
	const said = {
		code: __("Identity number"),
		similar_name: __("Sounds alike"),
		pinyin: __("By pinyin"),
		initials: __("By initials"),
	}[row.match];
	return said && h("span", { class: "clinic-findbox__why" }, said);
}

function other(row) {
	return [
		h("span", { class: "clinic-findbox__face", "aria-hidden": "true" }, icon("next", 16)),
		h(
			"div",
			{ class: "clinic-findbox__who" },
			h("div", { class: "clinic-findbox__name" }, h("bdi", {}, marked(row.title_parts))),
			h(
				"div",
				{ class: "clinic-findbox__facts" },
				row.hint &&
					h("span", { class: "clinic-findbox__info" }, h("bdi", {}, digits(row.hint))),
				row.phone &&
					h(
						"span",
						{ class: "clinic-findbox__info" },
						h("bdi", { dir: "ltr" }, digits(row.phone))
					)
			)
		),
	];
}

function register(text) {
	return [
		h("span", { class: "clinic-findbox__face", "aria-hidden": "true" }, icon("plus", 16)),
		h("span", {}, __("Register “{0}” as a new patient", [digits(text)])),
	];
}
