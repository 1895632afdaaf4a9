/*
 * Dates of the desk in the user's calendar (N4). The only file that changes how Frappe shows and reads
 * them, at three seams: the date, datetime and range controls; the functions of `frappe.datetime` between
 * stored and shown text; the formatter of Datetime. Forms, grids, lists, filters and reports all pass
 * through these. What is stored and what goes over the wire stays Gregorian "yyyy-mm-dd".
 *
 * In the Gregorian calendar Frappe's own controls stay; they learn Persian digits, and a year such as 1405.
 */

import { is_jalali } from "../kit/boot.js";
import { calendar } from "../kit/calendar.js";
import { wrap_control, wrap_datetime, wrap_formatter } from "../kit/compat.js";
import { latin_date, to_latin } from "../kit/digits.js";
import { date, digits, month, now, time, today } from "../kit/fmt.js";
import { from_jalali, read_day, read_moment, read_range, write_day } from "../kit/jalali.js";
import { first_weekday } from "../kit/months.js";
import { toast } from "../kit/toast.js";

const STORED = /^\d{4}-\d\d-\d\d(?:[ T]\d\d:\d\d(?::\d\d(?:\.\d+)?)?)?$/;
const READERS = { Datetime: read_moment, DateRange: read_range };
const WORDS = { today: true, now: true };

const is_ours = (control) => is_jalali() && control.df.fieldtype !== "Time";
const reader_of = (control) => READERS[control.df.fieldtype] || read_day;

// Frappe also parses what is stored already, while it looks whether a box is to be shown.
const or_stored = ({ iso, problem }, text) => (problem ? (STORED.test(text) ? text : "") : iso);

// What a typed date lacks, in a sentence, with what would be right.
function complaint(text, { problem, iso, year, month: number, length }) {
	// By itself: after Persian letters "2026-11-28" would else be written backwards.
	text = `\u2068${text}\u2069`;
	const sample = digits(write_day(today()));
	const shown = iso && digits(write_day(iso));
	const sentences = {
		form: () => __("“{0}” is not a date. Write it like {1}.", [text, sample]),
		short_year: () => __("“{0}”: write the year with four digits, like {1}.", [text, sample]),
		gregorian: () =>
			__("“{0}” is a date of the Gregorian calendar. In your calendar it is {1}.", [
				text,
				shown,
			]),
		month: () => __("“{0}”: a year has twelve months.", [text]),
		day: () =>
			__("“{0}”: {1} has {2} days.", [
				text,
				month(from_jalali(year, number, 1)),
				digits(length),
			]),
		clock: () => __("“{0}” has no time of day such as {1}.", [text, digits("14:30")]),
	};
	return sentences[problem]();
}

function refuse(control, text, found) {
	const label = control.df.label ? `${__(control.df.label)}: ` : "";
	const kept = __("The previous value was kept.");
	toast(`${label}${complaint(text, found)} ${kept}`, { kind: "error" });
	show_kept(control);
}

const kept_value = (control) =>
	control.frm || control.doc ? control.get_model_value() : control.value;

function show_kept(control) {
	const value = kept_value(control);
	control.$input?.val(value ? control.format_for_input(...[value].flat()) : "");
}

// Before Frappe takes what was typed: a wrong date changes nothing. The same date written otherwise (“1405/9/7”)
// changes nothing either, and Frappe would leave the box as it was typed.
function refuse_wrong_dates(set) {
	return function (value, event) {
		if (is_ours(this) && typeof value === "string" && value.trim()) {
			const found = reader_of(this)(value);
			if (found.problem) {
				refuse(this, value, found);
				return Promise.resolve();
			}
			if (String(found.iso) === String(kept_value(this))) show_kept(this);
		}
		return set.call(this, value, event);
	};
}

function read_jalali(parse) {
	return function (value) {
		if (typeof value !== "string" || !value) return parse.call(this, value);
		if (is_ours(this)) return or_stored(reader_of(this)(value), value);
		return read_gregorian(this, parse, value);
	};
}

function read_gregorian(control, parse, value) {
	if (control.df.fieldtype !== "Date") return parse.call(control, to_latin(value));
	const { text, iso } = latin_date(value);
	if (iso === null) return parse.call(control, text);
	if (iso !== "") return iso;
	toast(__("“{0}” is not a date.", [value]), { kind: "error" });
	return control.get_model_value() ?? null;
}

function read_ranges(parse) {
	return function (value) {
		if (!is_jalali() || typeof value !== "string") return parse.call(this, value);
		const { iso, problem } = read_range(value);
		const stored = value.match(/\d{4}-\d\d-\d\d/g);
		return problem ? (stored?.length === 2 ? stored : undefined) : iso;
	};
}

function show_jalali(show) {
	return function (value) {
		if (!is_ours(this)) return show.call(this, value);
		const word = typeof value === "string" && WORDS[value.toLowerCase()];
		const meant = this.df.fieldtype === "Datetime" ? now : today;
		this.$input?.val(this.format_for_input(word ? meant() : value));
	};
}

/** What Frappe and scripts of forms ask of Frappe's own picker (`control.datepicker`), by ours. */
class Picker {
	constructor(control) {
		Object.assign(this, { control, opts: {}, selectedDates: [], close: null });
		const { min_date, max_date } = control.df;
		this.update({ minDate: min_date, maxDate: max_date, ...control.get_df_options?.() });
		// A finger on a cell makes Frappe look for the picker that it would have opened for a "Date".
		control.$input.data("fieldtype", "Jalali");
		control.$input
			.attr("inputmode", "text")
			.on("click", () => this.show())
			.on("input", () => this.hide())
			.on("blur", (event) => this.close?.contains(event.relatedTarget) || this.hide())
			.on("keydown", (event) => this.on_key(event));
	}

	update(name, value) {
		Object.assign(this.opts, typeof name === "string" ? { [name]: value } : name);
	}

	clear() {}

	selectDate(moment_or_date) {
		const [value] = [moment_or_date].flat();
		if (value) this.take(stored_text(value));
	}

	destroy() {
		this.hide();
	}

	hide() {
		this.close?.({ refocus: false });
	}

	show() {
		const { control } = this;
		if (this.close || control.$input.prop("disabled") || control.$input.prop("readonly"))
			return;
		const is_range = control.df.fieldtype === "DateRange";
		const value = control.get_value();
		const days = [value].flat().map((part) => String(part || "").slice(0, 10));
		this.close = calendar(control.$input[0], {
			value: is_range ? days.filter(Boolean) : days[0] || null,
			range: is_range,
			min: day_of(this.opts.minDate),
			max: day_of(this.opts.maxDate),
			time: control.df.fieldtype === "Datetime" ? (value || now()).slice(11, 16) : null,
			quiet: true,
			on_pick: (picked, clock) => this.take(clock ? `${picked} ${clock}:00` : picked),
			on_close: () => (this.close = null),
		});
	}

	take(stored) {
		const { control } = this;
		control.$input.val(control.format_for_input(...[stored].flat())).trigger("change");
	}

	on_key(event) {
		const { key, altKey } = event;
		if (["Tab", "Enter"].includes(key)) return this.hide();
		const goes_in = key === "ArrowDown" && (this.close || altKey || !this.control.in_grid?.());
		if (!goes_in && !(key === "Escape" && this.close)) return;
		event.preventDefault();
		event.stopImmediatePropagation();
		if (key === "Escape") return this.hide();
		this.show();
		this.close?.focus_day();
	}
}

function offer_picker(make_picker) {
	return function () {
		if (!is_ours(this)) return make_picker.call(this);
		this.datepicker = new Picker(this);
		this.set_t_for_today?.();
	};
}

// Text, Date or moment → as it is stored; null for what is none of them.
function stored_text(value) {
	if (typeof value === "string" && STORED.test(value)) return value.replace("T", " ");
	const found = moment(value);
	return found.isValid() ? found.locale("en").format("YYYY-MM-DD HH:mm:ss") : null;
}

const day_of = (value) => (value ? stored_text(value)?.slice(0, 10) ?? null : null);

// “1405/08/30”, “1405/08/30 14:05:00”: what Frappe shows of the same value, in the other calendar.
function shown_text(value, { only_date = false } = {}) {
	const stored = stored_text(value);
	if (!stored) return "Invalid date";
	const day = digits(write_day(stored.slice(0, 10)));
	const has_time = typeof value === "string" && stored.length > 10;
	if (only_date || !has_time) return day;
	const length = frappe.datetime.get_user_time_fmt().includes("s") ? 19 : 16;
	return `${day} ${digits(stored.slice(11, length))}`;
}

// Each in place of Frappe's own, where the reader counts by the Jalali calendar.
const CONVERSIONS = {
	str_to_user: (before) =>
		function (value, only_time = false, only_date = false) {
			if (!value) return "";
			return only_time
				? before.call(this, value, only_time)
				: shown_text(value, { only_date });
		},
	user_to_str: (before) =>
		function (value, only_time = false) {
			const text = to_latin(value).trim();
			if (only_time || STORED.test(text)) return before.call(this, text, only_time);
			const { iso, problem } = (text.includes(":") ? read_moment : read_day)(text);
			return problem ? "Invalid date" : iso;
		},
	obj_to_user: () => (value) => shown_text(value, { only_date: true }),
	global_date_format: () => (value) => {
		const stored = stored_text(value);
		if (!stored) return "Invalid date";
		const has_time = typeof value === "string" && stored.length > 10;
		return [date(stored, { weekday: false }), has_time && time(stored)]
			.filter(Boolean)
			.join(" ");
	},
	get_first_day_of_the_week_index: () => first_weekday,
};

const in_jalali = (make) => (before) => {
	const ours = make(before);
	return function (...args) {
		return (is_jalali() ? ours : before).apply(this, args);
	};
};

export function install() {
	for (const [name, make] of Object.entries(CONVERSIONS)) wrap_datetime(name, in_jalali(make));
	wrap_formatter(
		"Datetime",
		in_jalali(() => (value) => value ? shown_text(value) : "")
	);
	for (const control of ["ControlDate", "ControlDatetime", "ControlTime"]) {
		wrap_control(control, "parse", read_jalali);
	}
	for (const control of ["ControlDate", "ControlDatetime"]) {
		wrap_control(control, "set_formatted_input", show_jalali);
	}
	wrap_control("ControlDate", "make_picker", offer_picker);
	wrap_control("ControlDateRange", "set_datepicker", offer_picker);
	wrap_control("ControlDateRange", "parse", read_ranges);
	for (const control of ["ControlDate", "ControlDateRange"]) {
		wrap_control(control, "parse_validate_and_set_in_model", refuse_wrong_dates);
	}
}
