/* A time that was pointed at on the board: taken as it is, or given up for one of the free times. */

import { fill, h, icon } from "../kit/dom.js";
import { date, list, time } from "../kit/fmt.js";
import { button } from "../kit/ui.js";

/**
 * asked_time({start, place, on_give_up()}) → {element, get(), give_up()}: get() is the start, null once it
 * was given up. `place` names the column that was clicked.
 */
export function asked_time({ start, place, on_give_up }) {
	const element = h("div", { class: "clinic-asked-time" });
	const state = { start };
	const give_up = () => {
		if (!state.start) return;
		state.start = null;
		element.hidden = true;
		on_give_up();
	};
	fill(
		element,
		icon("clock", 16),
		start && h("strong", {}, list([date(start), time(start)])),
		place && h("span", { class: "text-muted" }, place),
		button({ label: __("Another time"), kind: "quiet", on_click: give_up })
	);
	element.hidden = !start;
	return { element, get: () => state.start, give_up };
}
