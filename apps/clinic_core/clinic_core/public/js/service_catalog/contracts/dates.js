/* Whole years and the state of a contract on a day. Dates are Gregorian text, as stored. */

import { is_persian } from "../../kit/boot.js";
import { add_days, digits, today } from "../../kit/fmt.js";

const persian_parts = new Intl.DateTimeFormat("en-u-ca-persian-nu-latn", {
	timeZone: "UTC",
	year: "numeric",
	month: "numeric",
	day: "numeric",
});

function jalali(day) {
	const parts = persian_parts.formatToParts(new Date(`${day}T00:00:00Z`));
	const found = Object.fromEntries(parts.map(({ type, value }) => [type, parseInt(value, 10)]));
	return { year: found.year || found.relatedYear, month: found.month, day: found.day };
}

// Nowruz falls on the 19th to the 22nd of March.
function nowruz(gregorian_year) {
	for (const day of [19, 20, 21, 22]) {
		const date = `${gregorian_year}-03-${day}`;
		const { month, day: of_month } = jalali(date);
		if (month === 1 && of_month === 1) return date;
	}
	return `${gregorian_year}-03-21`;
}

/** The year of the user's calendar that `offset` years from now is: {label, from, to}. */
export function whole_year(offset = 0) {
	const year = Number(today().slice(0, 4)) + offset;
	if (!is_persian()) return { label: String(year), from: `${year}-01-01`, to: `${year}-12-31` };
	const begun = today() >= nowruz(Number(today().slice(0, 4))) ? year : year - 1;
	const from = nowruz(begun);
	return {
		label: digits(jalali(from).year),
		from,
		to: add_days(nowruz(begun + 1), -1),
	};
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
