/* The list of recalls: this week's and overdue ones apart, one click to the call (F50, A90). */

import { above_list, refresh_list, replace_list_filters } from "../../kit/compat.js";
import { fill, h } from "../../kit/dom.js";
import { add_days, today } from "../../kit/fmt.js";
import { segmented } from "../../kit/ui.js";
import { recall_dialog } from "./record_dialog.js";

const DOCTYPE = "Clinic Recall";
const WEEK = 6;

const VIEWS = {
	today: () => [["next_on", "<=", today()]],
	week: () => [["next_on", "between", [today(), add_days(today(), WEEK)]]],
	overdue: () => [["next_on", "<", today()]],
	open: () => [["next_on", "is", "set"]],
	all: () => [],
};

/** Called once when the list is made. */
export function start(list) {
	const bar = h("div", { class: "clinic-list-tabs" });
	above_list(list, bar);
	fill(
		bar,
		segmented({
			label: __("Due", null, DOCTYPE),
			value: "open",
			options: [
				{ value: "today", label: __("Today") },
				{ value: "week", label: __("This week") },
				{ value: "overdue", label: __("Overdue") },
				{ value: "open", label: __("Open", null, DOCTYPE) },
				{ value: "all", label: __("All") },
			],
			on_change: (value) => choose(list, value),
		})
	);
}

async function choose(list, value) {
	const filters = VIEWS[value]().map((condition) => [DOCTYPE, ...condition]);
	await replace_list_filters(list, "next_on", filters);
	refresh_list();
}

/** The call of one row. */
export function follow(doc) {
	return recall_dialog(doc, { on_done: () => refresh_list() });
}
