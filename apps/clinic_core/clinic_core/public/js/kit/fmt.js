/* Values → text in the user's language, digits and calendar. */

import { boot, is_jalali, is_persian, lang, money_unit } from "./boot.js";
import { sentence_digits, to_latin, to_persian } from "./digits.js";

const cache = new Map();

function remember(key, make) {
	if (!cache.has(key)) cache.set(key, make());
	return cache.get(key);
}

function locale() {
	const calendar_name = is_jalali() ? "persian" : "gregory";
	if (is_persian()) return `fa-IR-u-ca-${calendar_name}-nu-arabext`;
	return `${lang()}-u-ca-${calendar_name}-nu-latn`;
}

function formatter(kind, options) {
	const key = `${kind}|${locale()}|${JSON.stringify(options)}`;
	return remember(key, () => {
		try {
			return new Intl[kind](locale(), options);
		} catch (error) {
			return new Intl[kind]("en", options);
		}
	});
}

// Stored times are naive, in the site's one time zone: they are shown as they are, never shifted.
function as_utc(value) {
	if (!value) return null;
	const parts = String(value).match(
		/^(\d{4})-(\d\d?)-(\d\d?)(?:[ T](\d\d?):(\d\d)(?::(\d\d))?)?/
	);
	if (!parts) return null;
	const [year, month, day, hour = 0, minute = 0, second = 0] = parts
		.slice(1)
		.map((part) => Number(part || 0));
	return new Date(Date.UTC(year, month - 1, day, hour, minute, second));
}

function calendar(value, options) {
	const date = as_utc(value);
	if (!date) return "";
	return formatter("DateTimeFormat", { timeZone: "UTC", ...options }).format(date);
}

/** A plain number; at most three decimals unless told. */
export function number(value, { decimals } = {}) {
	if (value === null || value === undefined || value === "") return "";
	return formatter("NumberFormat", {
		minimumFractionDigits: decimals ?? 0,
		maximumFractionDigits: decimals ?? 3,
	}).format(value);
}

/**
 * A stored amount in the unit people see. `unit: true` adds its name ("250,000 Toman").
 * Decimals appear only where the amount has them: nothing is rounded away.
 */
export function money(value, { unit = false, sign = false } = {}) {
	if (value === null || value === undefined || value === "") return "";
	const { label, factor, decimals } = money_unit();
	const text = formatter("NumberFormat", {
		minimumFractionDigits: decimals,
		maximumFractionDigits: decimals + 3,
		signDisplay: sign ? "exceptZero" : "auto",
	}).format(Number(value) / factor);
	return unit && label ? `${text}\u00a0${label}` : text;
}

/** "Saturday, November 21, 2026"; `short` is "Nov 21, 2026"; `year: false` leaves the year out. */
export function date(value, { short = false, year = true, weekday = !short } = {}) {
	const options = {
		day: "numeric",
		month: short ? "short" : "long",
		...(year ? { year: "numeric" } : {}),
		...(weekday ? { weekday: "long" } : {}),
	};
	return in_parts() ? day_first(value, options) : calendar(value, options);
}

const in_parts = () => is_persian() || is_jalali();

// Browsers put the year of the Persian calendar first, and its era in English last; people write
// "شنبه ۳۰ آبان ۱۴۰۵", "30 Aban 1405".
function day_first(value, options) {
	const at = as_utc(value);
	if (!at) return "";
	const parts = formatter("DateTimeFormat", { timeZone: "UTC", ...options }).formatToParts(at);
	const found = Object.fromEntries(parts.map(({ type, value: text }) => [type, text]));
	return ["weekday", "day", "month", "year"]
		.map((part) => found[part])
		.filter(Boolean)
		.join(" ");
}

/** "November 2026", "آبان ۱۴۰۵" */
export function month(value) {
	const options = { month: "long", year: "numeric" };
	return in_parts() ? day_first(value, options) : calendar(value, options);
}

/** "November", "آبان" */
export function month_name(value) {
	return calendar(value, { month: "long" });
}

/** "Saturday", "Sat", "شنبه" */
export function weekday(value, { short = false } = {}) {
	// Persian has no short form that people write.
	return calendar(value, { weekday: short && !is_persian() ? "short" : "long" });
}

/** "14:05" */
export function time(value) {
	const text = /^\d{1,2}:\d\d/.test(String(value || "")) ? `2000-01-01 ${value}` : value;
	return calendar(text, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
}

/** "21 Nov 2026, 14:05" */
export function datetime(value) {
	if (!value) return "";
	return `${date(value, { short: true })}${is_persian() ? "، " : ", "}${time(value)}`;
}

/** A telephone number, grouped as stored, with the user's digits. Always read left to right. */
export function phone(value) {
	return digits(value || "");
}

/** A stored number as it is dialled at home: "+989121234567" is "0912 123 4567" in Iran; others stay. */
export function dialled(e164) {
	const home = boot().phone_region === "IR" && /^\+98(\d{3})(\d{3})(\d{4})$/.exec(e164 || "");
	return phone(home ? `0${home[1]} ${home[2]} ${home[3]}` : e164);
}

/** A number with signs in it (a file number, a date as typed): its parts keep their order anywhere. */
export function code(text) {
	return text ? `\u2066${digits(text)}\u2069` : "";
}

/** Any text with the user's digits. */
export function digits(text) {
	return is_persian() ? to_persian(text ?? "") : to_latin(text ?? "");
}

/** A sentence of the server with the user's digits; codes and addresses in it stay as they are. */
export function sentence(text) {
	return is_persian() ? sentence_digits(text) : text;
}

/** Several names in one line: "a, b", "الف، ب". */
export function list(items) {
	return (items || []).filter(Boolean).join(is_persian() ? "، " : ", ");
}

/** Now, in the site's time zone: "YYYY-MM-DD HH:MM:SS". */
export function now() {
	const zone = frappe.boot?.time_zone?.system || frappe.sys_defaults?.time_zone;
	const clock = zone ? moment.tz(zone) : moment();
	return clock.locale("en").format("YYYY-MM-DD HH:mm:ss");
}

/** How far the site's clock is from UTC now: "+03:30". */
export function utc_offset() {
	const zone = frappe.boot?.time_zone?.system || frappe.sys_defaults?.time_zone;
	return (zone ? moment.tz(zone) : moment()).locale("en").format("Z");
}

/** Today, in the site's time zone: "YYYY-MM-DD". */
export function today() {
	return now().slice(0, 10);
}

/** The day `count` days after `day`. */
export function add_days(day, count) {
	const at = as_utc(day);
	at.setUTCDate(at.getUTCDate() + count);
	return at.toISOString().slice(0, 10);
}

/** Whole minutes from `from` to `to` (now). */
export function minutes_between(from, to = now()) {
	const [begin, end] = [as_utc(from), as_utc(to)];
	return begin && end ? Math.round((end - begin) / 60000) : null;
}

/** "5 minutes ago", "in 2 hours". */
export function ago(value) {
	const minutes = minutes_between(value);
	if (minutes === null) return "";
	const relative = formatter("RelativeTimeFormat", { numeric: "auto" });
	if (Math.abs(minutes) < 60) return relative.format(-minutes, "minute");
	if (Math.abs(minutes) < 48 * 60) return relative.format(-Math.round(minutes / 60), "hour");
	return relative.format(-Math.round(minutes / 1440), "day");
}

/** A length of time: "45 min", "1 h 10 min". */
export function duration(minutes) {
	const whole = Math.max(0, Math.round(minutes));
	if (whole < 60) return __("{0} min", [number(whole)]);
	const hours = number(Math.floor(whole / 60));
	return whole % 60 ? __("{0} h {1} min", [hours, number(whole % 60)]) : __("{0} h", [hours]);
}
