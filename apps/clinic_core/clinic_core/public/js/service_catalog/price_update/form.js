/* The form of a price update: which prices, how they change, and what comes of it before it is done. */

import { call } from "../../kit/call.js";
import { fill, h } from "../../kit/dom.js";
import { date } from "../../kit/fmt.js";
import { watch } from "../../kit/live.js";
import { empty, skeleton } from "../../kit/ui.js";
import { add_actions } from "./actions.js";
import { chooser } from "./chooser.js";
import { file_buttons } from "./files.js";
import { price_table } from "./table.js";
import { read_json, values_of } from "./wishes.js";

const API = "clinic_core.service_catalog.price_updates.api";
const PAUSE_MS = 350;
const states = new WeakMap();
let watching = false;

/** Called by the form script when the form is shown or fetched again. */
export function refresh(frm) {
	look_again_when_prices_change();
	// The empty area left by another document of this form would look like this one's.
	states.set(frm, { answer: null, asked: 0, name: frm.doc.name });
	frm.page.set_indicator(...indicator(frm.doc));
	add_actions(frm, () => states.get(frm).ready);
	// “Submit this document to confirm”: the button says what it does.
	frm.dashboard.clear_headline();
	chooser(frm, frm.get_field("choice").$wrapper[0]);
	if (frm.doc.docstatus) return show_recorded(frm);
	states.get(frm).ready = preview(frm);
}

/** Draft, Scheduled (begins later), In force, Reverted → [label, colour, filter]. */
export function indicator(doc) {
	if (doc.docstatus === 2) return [__("Reverted"), "gray", "docstatus,=,2"];
	if (!doc.docstatus) return [__("Draft"), "orange", "docstatus,=,0"];
	const today = frappe.datetime.get_today();
	if (doc.valid_from > today) {
		return [__("Scheduled"), "blue", `docstatus,=,1|valid_from,>,${today}`];
	}
	return [
		__("In force", null, "Clinic Price Update"),
		"green",
		`docstatus,=,1|valid_from,<=,${today}`,
	];
}

/** Called when a wish changes: the preview follows after a moment. */
export function changed(frm) {
	const state = states.get(frm);
	if (!state || frm.doc.docstatus) return;
	clearTimeout(state.timer);
	state.timer = setTimeout(() => preview(frm), PAUSE_MS);
}

/** The choice itself is drawn again when its kind changes. */
export function kind_changed(frm) {
	chooser(frm, frm.get_field("choice").$wrapper[0]);
	changed(frm);
}

/** → the answer that is shown now; nothing if another question came in between or it was refused. */
async function preview(frm) {
	const state = states.get(frm);
	const asked = ++state.asked;
	const area = area_of(frm);
	if (!state.answer) fill(area, skeleton(2));
	try {
		const saved = !frm.is_new() && !frm.is_dirty();
		const args = { values: values_of(frm), update: saved ? frm.doc.name : null };
		const answer = await call(`${API}.preview`, args, { post: true, quiet: true });
		// What was asked before the last change does not matter any more.
		if (states.get(frm) !== state || state.asked !== asked) return;
		state.answer = answer;
		show(frm, answer);
		return answer;
	} catch (error) {
		if (states.get(frm) !== state || state.asked !== asked) return;
		state.table = null;
		fill(area, empty({ icon: "alert", title: error.message }));
	}
}

function show(frm, answer) {
	const state = states.get(frm);
	const area = area_of(frm);
	if (!answer.rows.length) {
		state.table = null;
		return fill(
			area,
			empty({
				icon: "wallet",
				title: __("No prices yet"),
				hint: __(
					"Choose departments or services above: their old and new prices appear here."
				),
			}),
			file_buttons(frm)
		);
	}
	if (state.table?.element.isConnected) state.table.set(answer);
	else {
		state.table = price_table({ answer, on_type: (row, amount) => type(frm, row, amount) });
		fill(area, state.table.element);
	}
	state.table.set_head(moved_note(frm, answer), file_buttons(frm));
}

/** Keep the price typed for one row; null goes back to the computed one. */
function type(frm, key, amount) {
	const overrides = read_json(frm, "overrides", {});
	if (amount === null) delete overrides[key];
	else overrides[key] = amount;
	const any = Object.keys(overrides).length > 0;
	frm.set_value("overrides", any ? JSON.stringify(overrides) : null);
}

function moved_note(frm, answer) {
	if (!answer.moved) return null;
	return h(
		"div",
		{ class: "clinic-prices__moved", role: "status" },
		__("{0} prices are not as they were when this was saved.", [
			clinic.fmt.number(answer.moved),
		]),
		h(
			"button",
			{
				class: "btn btn-default btn-xs",
				on_click: () => {
					frm.dirty();
					frm.save();
				},
			},
			__("Take the prices of now")
		)
	);
}

async function show_recorded(frm) {
	const state = states.get(frm);
	const area = area_of(frm);
	fill(area, skeleton(2));
	try {
		const answer = await call(`${API}.recorded`, { update: frm.doc.name }, { quiet: true });
		if (states.get(frm) !== state) return;
		state.table = price_table({ answer });
		fill(area, state.table.element);
		state.table.set_head(
			h(
				"div",
				{ class: "text-muted" },
				__("Changed prices, from {0}", [date(frm.doc.valid_from)])
			)
		);
	} catch (error) {
		fill(area, empty({ icon: "alert", title: error.message }));
	}
}

const area_of = (frm) => frm.get_field("preview").$wrapper[0];

// Somebody changes a price while the list is being looked at: it is marked at once.
function look_again_when_prices_change() {
	if (watching) return;
	watching = true;
	const open_form = () => window.cur_frm?.doctype === "Clinic Price Update" && window.cur_frm;
	watch(["Clinic Service", "Clinic Service Contract"], () => changed(open_form()), {
		active: () => Boolean(open_form() && !open_form().doc.docstatus),
	});
}
