/* What the schedule says when there is nothing to draw, and what to do about it. */

import { fill, h } from "../../kit/dom.js";
import { date } from "../../kit/fmt.js";
import { empty } from "../../kit/ui.js";

/** No practitioner works that day. */
export function nobody_works(page) {
	const may_plan = frappe.model.can_create("Clinic Schedule");
	say(page, {
		icon: "calendar",
		title: __("Nobody works on {0}.", [date(page.range().first)]),
		hint: may_plan
			? __(
					"Working hours come from the schedules of practitioners; extra shifts from leaves and closures."
			  )
			: __("Choose another day, or ask a supervisor for the schedules."),
		action: may_plan
			? {
					label: __("New schedule"),
					on_click: () => frappe.new_doc("Clinic Schedule", {}),
			  }
			: { label: __("Next day"), on_click: () => page.step(1) },
	});
}

/** There are columns, but the filters leave none. */
export function nothing_fits(page) {
	say(page, {
		icon: "search",
		title: __("Nobody fits these filters."),
		action: {
			label: __("Show everybody"),
			on_click: () => page.set_filter({ show: "both", department: "", role: "" }),
		},
	});
}

export function failed(page, error) {
	say(page, {
		icon: "alert",
		title: __("The schedule could not be loaded"),
		hint: error.message,
		action: { label: __("Try again"), on_click: () => page.refresh() },
	});
}

function say(page, what) {
	page.grid.forget();
	fill(page.body, h("div", { class: "clinic-schedule__nothing" }, empty(what)));
}
