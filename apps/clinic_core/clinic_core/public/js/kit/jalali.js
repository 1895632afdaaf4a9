/*
 * The Jalali calendar: figures, reading and writing of days. Pure: no Frappe, no DOM. Days are Gregorian
 * text, "yyyy-mm-dd", as stored. Mirrors foundation/jalali.py; both are held against a second library,
 * day by day from 1300 to 1500 (tests/unit/client/test_jalali_js.py).
 */

import { jalali_to_gregorian, to_latin } from "./digits.js";

const FIRST_YEAR = 1200;
const LAST_YEAR = 1599;
const BEFORE_MONTH = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];
const INVISIBLE = /[\u200c\u200e\u200f\u2066-\u2069]/g;
const DAY = /(\d{1,4})[/\-.](\d{1,2})[/\-.](\d{1,4})/;
const CLOCK = /(\d{1,2}):(\d{2})(?::(\d{2}))?/;

const two = (number) => String(number).padStart(2, "0");

/** A stored day → {year, month, day} of the Jalali calendar. */
export function to_jalali(iso) {
	const [year, month, day] = iso.split("-").map(Number);
	const of_leap = month > 2 ? year + 1 : year;
	let days =
		355666 +
		365 * year +
		Math.floor((of_leap + 3) / 4) -
		Math.floor((of_leap + 99) / 100) +
		Math.floor((of_leap + 399) / 400) +
		day +
		BEFORE_MONTH[month - 1];
	let found = -1595 + 33 * Math.floor(days / 12053);
	days %= 12053;
	found += 4 * Math.floor(days / 1461);
	days %= 1461;
	if (days > 365) {
		found += Math.floor((days - 1) / 365);
		days = (days - 1) % 365;
	}
	const late = days >= 186;
	const rest = late ? days - 186 : days;
	const length = late ? 30 : 31;
	return {
		year: found,
		month: (late ? 7 : 1) + Math.floor(rest / length),
		day: 1 + (rest % length),
	};
}

/** A Jalali day as it is stored; it must be one (month_length). */
export function from_jalali(year, month, day) {
	const [y, m, d] = jalali_to_gregorian(year, month, day);
	return `${y}-${two(m)}-${two(d)}`;
}

/** How many days a month has. The last one has 30 in leap years only. */
export function month_length(year, month) {
	if (month <= 6) return 31;
	return month < 12 || from_jalali(year, 12, 30) !== from_jalali(year + 1, 1, 1) ? 30 : 29;
}

/** The first day of the month `offset` months from that of a stored day. */
export function month_start(iso, offset = 0) {
	const { year, month } = to_jalali(iso);
	const months = year * 12 + month - 1 + offset;
	return from_jalali(Math.floor(months / 12), (months % 12) + 1, 1);
}

/** "1405/08/30" */
export function write_day(iso) {
	const { year, month, day } = to_jalali(iso);
	return `${year}/${two(month)}/${two(day)}`;
}

const plain = (text) => to_latin(text).replace(INVISIBLE, "").trim();

/**
 * What was typed → {iso}, or {problem} with what is known: "form" (no date), "short_year", "gregorian"
 * {iso: that day}, "month" {month}, "day" {year, month, length}. The year stands first or last.
 */
export function read_day(text) {
	const match = plain(text).match(new RegExp(`^${DAY.source}$`));
	if (!match) return { problem: "form" };
	const [first, month, last] = match.slice(1);
	if (first.length < 3 && last.length < 3) return { problem: "short_year" };
	const [year, day] = (first.length > 2 ? [first, last] : [last, first]).map(Number);
	return day_of(year, Number(month), day);
}

function day_of(year, month, day) {
	if (year >= 1700) return gregorian(year, month, day);
	if (year < 1000) return { problem: "short_year" };
	if (year < FIRST_YEAR || year > LAST_YEAR) return { problem: "form" };
	if (month < 1 || month > 12) return { problem: "month", month };
	const length = month_length(year, month);
	if (day < 1 || day > length) return { problem: "day", year, month, length };
	return { iso: from_jalali(year, month, day) };
}

function gregorian(year, month, day) {
	const iso = `${year}-${two(month)}-${two(day)}`;
	const at = new Date(Date.UTC(year, month - 1, day));
	const is_day = at.getUTCMonth() === month - 1 && at.getUTCDate() === day;
	return is_day && year < 2200 ? { problem: "gregorian", iso } : { problem: "form" };
}

/** A day with a time of day, either first; without a time it is midnight → {iso: "yyyy-mm-dd hh:mm:ss"}. */
export function read_moment(text) {
	const said = plain(text).replace(/[،,]/g, " ");
	const clock = said.match(CLOCK);
	const found = read_day(clock ? said.replace(clock[0], " ").trim() : said);
	if (!found.iso || found.problem) return found;
	const [hour, minute, second = 0] = clock
		? clock.slice(1).map((part) => Number(part || 0))
		: [0, 0];
	if (hour > 23 || minute > 59 || second > 59) return { problem: "clock" };
	return { iso: `${found.iso} ${two(hour)}:${two(minute)}:${two(second)}` };
}

/** Two days in one text, whatever stands between them; one day is a range of itself → {iso: [from, to]}. */
export function read_range(text) {
	const typed = plain(text).match(new RegExp(DAY.source, "g")) || [];
	if (typed.length < 1 || typed.length > 2) return { problem: "form" };
	const found = typed.map(read_day);
	const wrong = found.find(({ problem }) => problem);
	if (wrong) return wrong;
	const [from, to = from] = found.map(({ iso }) => iso);
	return { iso: from <= to ? [from, to] : [to, from] };
}
