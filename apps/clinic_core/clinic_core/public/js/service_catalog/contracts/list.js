/* The list of contracts: one tab per kind (A28), and how each stands today. */

import { above_list, list_filters } from "../../kit/compat.js";
import { fill, h } from "../../kit/dom.js";
import { segmented } from "../../kit/ui.js";
import { state_of } from "./dates.js";

const KINDS = ["Normal", "VIP", "Insurer", "Corporate"];
const bars = new WeakMap();

/** Called once when the list is made. */
export function start(list) {
	const bar = h("div", { class: "clinic-list-tabs" });
	above_list(list, bar);
	bars.set(list, bar);
	refresh(list);
}

/** Called after each fetch: the tab follows the filters. */
export function refresh(list) {
	const bar = bars.get(list);
	if (!bar) return;
	const current = list_filters(list).find((row) => row[1] === "kind" && row[2] === "=");
	fill(
		bar,
		segmented({
			label: __("Kind"),
			value: current ? current[3] : "",
			options: [
				{ value: "", label: __("All") },
				...KINDS.map((kind) => ({ value: kind, label: __(kind, null, "contract") })),
			],
			on_change: (value) => show_only(list, value),
		})
	);
}

async function show_only(list, kind) {
	await list.filter_area.remove("kind");
	if (kind) await list.filter_area.add([[list.doctype, "kind", "=", kind]]);
	else list.refresh();
}

/** [label, colour, filter] of a row. */
export function indicator(doc) {
	const state = state_of(doc);
	return [state.label, state.colour, state.filter];
}
