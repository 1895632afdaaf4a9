/* A box for a birth date, typed in either calendar; says the age while it is typed. */

import { text_input } from "../controls/inputs.js";
import { is_jalali } from "../kit/boot.js";
import { latin_date } from "../kit/digits.js";
import { fill, h } from "../kit/dom.js";
import { code, date, digits, number, today } from "../kit/fmt.js";
import { write_day } from "../kit/jalali.js";

const MONTHS = 12;

/** birth_input({value: "1986-10-04", on_change}) → {element, input, get(), hint}: `get()` is what is sent. */
export function birth_input({ value = "", on_change } = {}) {
	const made = text_input({
		label: __("Birth date"),
		kind: "phone",
		placeholder: is_jalali() ? code("1365/07/12") : "1986-10-04",
		on_change: () => {
			show();
			on_change?.();
		},
	});
	made.input.setAttribute("inputmode", "text");
	if (value) made.set(is_jalali() ? typed_form(value) : value);
	const hint = h("div", { class: "clinic-field__hint", "aria-live": "polite" });
	const show = () => fill(hint, said(made.get()));
	show();
	return {
		...made,
		element: h("div", {}, made.element, hint),
		get: () => read(made.get()) || made.get(),
	};
}

/** "yyyy-mm-dd" of what is typed in either calendar; null while it is none. */
export function read(text) {
	if (!text) return null;
	const { text: plain, iso } = latin_date(text);
	if (iso !== null) return iso || null;
	const match = plain.match(/^((?:1[89]|20)\d\d)[/\-.](\d{1,2})[/\-.](\d{1,2})$/);
	if (!match) return null;
	const [year, month, day] = match.slice(1).map(Number);
	const at = new Date(Date.UTC(year, month - 1, day));
	return at.getUTCMonth() === month - 1 && at.getUTCDate() === day
		? at.toISOString().slice(0, 10)
		: null;
}

/** Full years on today's date; null for none. */
export function age_of(day) {
	if (!day || day > today()) return null;
	const [then, now] = [day, today()].map((text) => text.split("-").map(Number));
	const before = now[1] * 31 + now[2] < then[1] * 31 + then[2];
	return now[0] - then[0] - (before ? 1 : 0);
}

/** "39 years", "7 months" of a baby; empty when the birth date is unknown. */
export function age_text(day) {
	const years = age_of(day);
	if (years === null) return "";
	if (years > 0) return __("{0} years", [number(years)]);
	const [then, now] = [day, today()].map((text) => text.split("-").map(Number));
	const months = (now[0] - then[0]) * MONTHS + now[1] - then[1] - (now[2] < then[2] ? 1 : 0);
	return __("{0} months", [number(Math.max(months, 0))]);
}

function said(text) {
	const day = read(text);
	if (day)
		return [date(day, { short: false, weekday: false }), age_text(day)]
			.filter(Boolean)
			.join(" · ");
	return text.length >= 8 ? __("This is no day of the calendar.") : "";
}

// What a person would type for it: 1365/07/12.
const typed_form = (day) => digits(write_day(day));
