/* Months and days of the user's calendar, Jalali or Gregorian. Days are Gregorian text, as stored. */

import { is_jalali, is_persian } from "./boot.js";
import { add_days } from "./fmt.js";
import * as jalali from "./jalali.js";

const WEEKDAYS = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];
const two = (number) => String(number).padStart(2, "0");

/** {year, month, day} as the user counts. */
export function parts(day) {
	if (is_jalali()) return jalali.to_jalali(day);
	const [year, month, of_month] = day.split("-").map(Number);
	return { year, month, day: of_month };
}

/** First day of a month of the user's calendar; `month` may run over: 13 is the first of the next year. */
export function first_of(year, month) {
	const months = year * 12 + month - 1;
	const [y, m] = [Math.floor(months / 12), (((months % 12) + 12) % 12) + 1];
	return is_jalali()
		? jalali.from_jalali(y, m, 1)
		: `${String(y).padStart(4, "0")}-${two(m)}-01`;
}

/** First day of the month of `day`, or of one `offset` months on. */
export function month_start(day, offset = 0) {
	const { year, month } = parts(day);
	return first_of(year, month + offset);
}

/** The same day of another month, or its last one where that month is shorter. */
export function add_months(day, offset) {
	const last = add_days(month_start(day, offset + 1), -1);
	const wanted = add_days(month_start(day, offset), parts(day).day - 1);
	return wanted > last ? last : wanted;
}

/** The day a week begins with: 0 is Sunday; Saturday (6) in Persian and in the Jalali calendar. */
export function first_weekday() {
	const set = WEEKDAYS.indexOf(frappe.sys_defaults?.first_day_of_the_week);
	if (is_persian() || is_jalali()) return 6;
	return set >= 0 ? set : 1;
}
