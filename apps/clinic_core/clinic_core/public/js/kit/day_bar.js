/* What stands above every board of a day: which day it is and how to get to another, and how live it is. */

import { calendar } from "./calendar.js";
import { fill, h, icon } from "./dom.js";
import { today } from "./fmt.js";
import { is_live } from "./live.js";
import { button } from "./ui.js";

/** Earlier, the day (opens a calendar), later, today. `titles`: what the two steps are called. */
export class DaySteps {
	constructor({ titles: [earlier, later], get_day, on_step, on_day }) {
		this.day = h("button", {
			class: "clinic-day-steps__day",
			title: __("Choose a day"),
			on_click: () => calendar(this.day, { value: get_day(), on_pick: on_day }),
		});
		this.today = button({ label: __("Today"), on_click: () => on_day(today()) });
		const step = (name, title, count) =>
			button({ icon: name, kind: "quiet", title, on_click: () => on_step(count) });
		this.element = h(
			"div",
			{ class: "clinic-day-steps" },
			step("previous", earlier, -1),
			this.day,
			step("next", later, 1),
			this.today
		);
	}

	/** `warns`: work is done for today here, so another day stands out. */
	show(text, { is_today, warns = false }) {
		fill(this.day, icon("calendar", 15), text);
		this.today.hidden = is_today;
		this.day.classList.toggle("clinic-day-steps__day--other", warns && !is_today);
	}
}

/** The mark that says whether changes of others appear by themselves; `refresh()` when that may have changed. */
export class LiveMark {
	constructor() {
		this.element = h("span", { class: "clinic-live", role: "status" });
	}

	refresh() {
		const live = is_live();
		this.element.className = `clinic-live clinic-live--${live ? "on" : "off"}`;
		this.element.title = live
			? __("Changes of others appear by themselves.")
			: __("No live connection: press R to fetch again.");
		fill(this.element, live ? __("Live") : __("Not live"));
	}
}
