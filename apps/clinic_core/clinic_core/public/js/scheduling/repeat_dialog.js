/* The same appointment again, every week or every few weeks: all dates are booked, or none (F13). */

import { number_input } from "../controls/inputs.js";
import { command } from "../kit/call.js";
import { dialog } from "../kit/dialogs.js";
import { fill, h } from "../kit/dom.js";
import { add_days, datetime, number } from "../kit/fmt.js";
import { toast } from "../kit/toast.js";
import { field } from "../kit/ui.js";

const REPEAT = "clinic_core.scheduling.series.api.repeat";
const MOST_TIMES = 26;
const MOST_WEEKS = 12;

/** repeat_dialog({appointment, full_name, start, on_done}): asks how often, and shows the dates. */
export function repeat_dialog({ appointment, full_name, start, on_done }) {
	const dates = h("ol", {
		class: "clinic-repeat__dates text-muted small",
		"aria-live": "polite",
	});
	const show = () => fill(dates, ...dates_of(start, times, weeks).map((at) => h("li", {}, at)));
	const times = number_input({
		label: __("How many more times"),
		value: 3,
		min: 1,
		max: MOST_TIMES,
		on_change: show,
	});
	const weeks = number_input({
		label: __("Weeks between"),
		value: 1,
		min: 1,
		max: MOST_WEEKS,
		on_change: show,
	});
	show();
	return dialog({
		title: __("Repeat the appointment of {0}", [full_name]),
		content: h(
			"div",
			{ class: "clinic-form" },
			h(
				"div",
				{ class: "clinic-row" },
				field({ label: __("How many more times"), control: times.element }),
				field({ label: __("Weeks between"), control: weeks.element })
			),
			h(
				"p",
				{ class: "text-muted" },
				__("All of these dates are booked, or none if one of them does not work.")
			),
			dates
		),
		primary: {
			label: __("Book all"),
			action: async (button, error_area) => {
				const args = {
					appointment,
					times: times.get() || 0,
					every_weeks: weeks.get() || 0,
				};
				const made = await command(REPEAT, args, { button, error_area });
				toast(__("{0} appointments are booked.", [number(made.appointments.length)]));
				on_done?.(made);
			},
		},
	});
}

function dates_of(start, times, weeks) {
	const count = Math.min(times.get_quiet() || 0, MOST_TIMES);
	const apart = weeks.get_quiet() || 0;
	if (count < 1 || apart < 1 || apart > MOST_WEEKS) return [];
	const [day, clock] = [start.slice(0, 10), start.slice(10)];
	return Array.from({ length: Math.floor(count) }, (_none, index) =>
		datetime(add_days(day, 7 * Math.floor(apart) * (index + 1)) + clock)
	);
}
