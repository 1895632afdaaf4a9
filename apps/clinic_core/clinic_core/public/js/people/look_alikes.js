/* While somebody is typed in: who of our patients it may be (B17, D22, G20). */

import { call } from "../kit/call.js";
import { fill, h, icon } from "../kit/dom.js";
import { code, date, number, phone } from "../kit/fmt.js";
import { button, tag } from "../kit/ui.js";

const ASK = "clinic_core.people.api.possible_duplicates";
const PAUSE_MS = 350;
const SURE_FROM = 90;

/**
 * look_alikes({read() → fields, on_use(row)}) → {element, ask(), rows()}: `ask` is called whenever
 * something was typed; the same question is asked once.
 */
export function look_alikes({ read, on_use, patient = null }) {
	const element = h("div", { class: "clinic-alikes", "aria-live": "polite", hidden: true });
	const panel = { element, on_use, rows: [], asked: "", ticket: 0, timer: null };
	return {
		element,
		rows: () => panel.rows,
		ask: () => {
			clearTimeout(panel.timer);
			panel.timer = setTimeout(() => ask(panel, { ...read(), patient }), PAUSE_MS);
		},
	};
}

async function ask(panel, fields) {
	const known = [
		"first_name",
		"last_name",
		"mobile",
		"national_code",
		"birth_date",
		"gender",
		"patient",
	];
	const args = Object.fromEntries(
		known.filter((name) => fields[name]).map((name) => [name, fields[name]])
	);
	const question = JSON.stringify(args);
	if (question === panel.asked) return;
	panel.asked = question;
	const ticket = ++panel.ticket;
	// Who may not ask, or has no connection at the moment, still registers: the server looks again.
	const rows = await call(ASK, args, { quiet: true }).catch(() => []);
	if (ticket === panel.ticket) show(panel, rows || []);
}

function show(panel, rows) {
	panel.rows = rows;
	panel.element.hidden = !rows.length;
	const heading = h(
		"div",
		{ class: "clinic-alikes__heading" },
		icon("alert", 14),
		__("Already on file? Look before you register.")
	);
	fill(
		panel.element,
		heading,
		rows.map((row) => one(panel, row))
	);
}

function one(panel, row) {
	const sure = row.score >= SURE_FROM;
	return h(
		"div",
		{ class: "clinic-alikes__row", data: { patient: row.name } },
		h(
			"div",
			{ class: "clinic-alikes__who" },
			h("strong", {}, row.full_name),
			!row.is_hidden &&
				tells_apart(row).map((part) => h("span", { class: "text-muted" }, part))
		),
		h(
			"div",
			{ class: "clinic-alikes__why" },
			tag({
				text: __("{0}% alike", [number(row.score)]),
				tone: sure ? "danger" : "warning",
			}),
			h("span", { class: "text-muted" }, row.reasons.join(" · ")),
			row.is_hidden && h("span", {}, what_to_do()),
			panel.on_use &&
				!row.is_hidden &&
				button({
					label: __("Use this one"),
					kind: "soft",
					class: "btn-xs",
					on_click: () => panel.on_use(row),
				})
		)
	);
}

/** Somebody is there whose file the user may not open (own patients, blocked). */
const what_to_do = () =>
	__("Ask a supervisor before you register: this file may have to be opened to you.");

/** What tells two people of one name apart: file, age, gender, phone, last visit (G20). */
export function tells_apart(row) {
	const has_age = row.age !== null && row.age !== undefined;
	return [
		row.file_no && __("File {0}", [code(row.file_no)]),
		has_age && __("{0} years", [number(row.age)]),
		row.gender && __(row.gender),
		row.mobile && h("bdi", { dir: "ltr" }, phone(row.mobile)),
		row.last_visit_on
			? __("Last here {0}", [date(row.last_visit_on, { short: true })])
			: "last_visit_on" in row && __("Never here"),
	].filter(Boolean);
}
