/* The choice of one's own calendar, from the menu behind one's picture. */

import { boot, is_persian } from "./boot.js";
import { command } from "./call.js";
import { dialog } from "./dialogs.js";
import { h } from "./dom.js";
import { digits, today } from "./fmt.js";
import { write_day } from "./jalali.js";
import { segmented } from "./ui.js";

/** Ask, remember and load the desk anew: every date on it is drawn in the other calendar. */
export function my_calendar() {
	let chosen = boot().calendar;
	const samples = { Jalali: digits(write_day(today())), Gregorian: digits(today()) };
	const sample = h("p", { class: "clinic-field__hint", "aria-live": "polite" });
	const show = () => {
		const meant = chosen === "Automatic" ? (is_persian() ? "Jalali" : "Gregorian") : chosen;
		sample.textContent = __("Today is {0}.", [samples[meant]]);
	};
	const label = __("My calendar");
	show();
	dialog({
		title: label,
		content: h(
			"div",
			{},
			segmented({
				label,
				value: chosen,
				options: [
					{ value: "Automatic", label: __("By the language", null, "calendar") },
					{ value: "Jalali", label: __("Jalali", null, "calendar") },
					{ value: "Gregorian", label: __("Gregorian", null, "calendar") },
				],
				on_change(value) {
					chosen = value;
					show();
				},
			}),
			sample
		),
		primary: {
			label: __("Use this calendar"),
			async action(button, error_area) {
				await command(
					"clinic_core.foundation.user_calendar.api.set_calendar",
					{ calendar: chosen },
					{ button, error_area }
				);
				window.location.reload();
			},
		},
	});
}
