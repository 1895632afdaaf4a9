/* The list of messages: what needs somebody stands apart (N9, E209). */

import { above_list, refresh_list, replace_list_filters } from "../kit/compat.js";
import { fill, h } from "../kit/dom.js";
import { now } from "../kit/fmt.js";
import { segmented } from "../kit/ui.js";

const DOCTYPE = "Clinic Message";

const VIEWS = {
	all: () => [],
	waiting: () => [["status", "in", ["Queued", "Sending"]]],
	trouble: () => [["status", "in", ["Failed", "Unknown"]]],
	to_call: () => [
		["template", "=", "reminder"],
		["status", "in", ["Failed", "Not Sent"]],
		["expires_at", ">", now()],
	],
};

/** Called once when the list is made. */
export function start_messages(list) {
	const bar = h("div", { class: "clinic-list-tabs" });
	above_list(list, bar);
	fill(
		bar,
		segmented({
			label: __("Messages"),
			value: "all",
			options: [
				{ value: "all", label: __("All") },
				{ value: "waiting", label: __("Waiting to go out") },
				{ value: "trouble", label: __("Failed or unknown") },
				{ value: "to_call", label: __("Reminders to make by phone") },
			],
			on_change: (value) => choose(list, value),
		})
	);
}

async function choose(list, view) {
	const filters = VIEWS[view]().map((filter) => [DOCTYPE, ...filter]);
	// Those of the last view go first, then this one's are put in their place.
	for (const fieldname of ["template", "expires_at"]) {
		await replace_list_filters(list, fieldname, []);
	}
	await replace_list_filters(list, "status", filters);
	refresh_list();
}
