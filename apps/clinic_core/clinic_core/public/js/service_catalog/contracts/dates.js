/* Whole years and the state of a contract on a day. Dates are Gregorian text, as stored. */

import { is_jalali } from "../../kit/boot.js";
import { add_days, digits, today } from "../../kit/fmt.js";
import { from_jalali, to_jalali } from "../../kit/jalali.js";

/** The year of the user's calendar that `offset` years from now is: {label, from, to}. */
export function whole_year(offset = 0) {
	if (is_jalali()) {
		const year = to_jalali(today()).year + offset;
		const to = add_days(from_jalali(year + 1, 1, 1), -1);
		return { label: digits(year), from: from_jalali(year, 1, 1), to };
	}
	const year = Number(today().slice(0, 4)) + offset;
	return { label: digits(year), from: `${year}-01-01`, to: `${year}-12-31` };
}

/** The period after `from`…`to`: a whole year of the user's calendar stays one. */
export function next_period(from, to) {
	if (!to) return { from: null, to: null };
	const start = add_days(to, 1);
	for (const offset of [-1, 0, 1, 2]) {
		const year = whole_year(offset);
		if (year.from === start) return { from: start, to: year.to };
	}
	const days = Math.round((new Date(to) - new Date(from)) / 86_400_000);
	return { from: start, to: add_days(start, days) };
}

/** How a contract stands today: {label, colour, filter} for lists and forms. */
export function state_of(doc, on = today()) {
	if (!doc.is_active) return { label: __("Inactive"), colour: "gray", filter: "is_active,=,0" };
	const active = "is_active,=,1";
	if (doc.valid_from && doc.valid_from > on) {
		return {
			label: __("Upcoming", null, "contract"),
			colour: "blue",
			filter: `${active}|valid_from,>,${on}`,
		};
	}
	if (doc.valid_to && doc.valid_to < on) {
		return {
			label: __("Ended", null, "contract"),
			colour: "orange",
			filter: `${active}|valid_to,<,${on}`,
		};
	}
	return {
		label: __("In force", null, "contract"),
		colour: "green",
		filter: `${active}|valid_from,<=,${on}`,
	};
}
