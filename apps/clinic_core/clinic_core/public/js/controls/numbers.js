/*
 * Every number box of the desk understands Persian and Arabic digits and separators:
 * ۲٬۵۰۰٬۰۰۰ is 2500000, never 0; what is no number is refused and the old value stays.
 * Amounts of our own documents are typed in the display unit (Toman), marked on the box.
 */

import { money_unit } from "../kit/boot.js";
import { align_right, wrap_control, wrap_formatter } from "../kit/compat.js";
import { is_expression, read_number, to_latin } from "../kit/digits.js";
import { toast } from "../kit/toast.js";

const OURS = /^Clinic /;

/** True for the amount boxes whose unit is ours to choose (`df.clinic_money` in our own pages). */
export function is_our_amount(df) {
	return df?.fieldtype === "Currency" && (df.clinic_money || OURS.test(df.parent || ""));
}

/** The typed text as a number, null if empty; nonsense throws with a message for the user. */
export function read_typed(text, format) {
	const value = read_number(text, format);
	if (Number.isNaN(value)) {
		throw new Error(__("“{0}” is not a number. The previous value was kept.", [text]));
	}
	return value;
}

function number_format(control) {
	const format = control.get_number_format ? control.get_number_format() : get_number_format();
	return get_number_format_info(format);
}

function refuse(control, error) {
	const label = control.df.label ? `${__(control.df.label)}: ` : "";
	toast(label + error.message, { kind: "error" });
	const kept =
		control.frm || control.doc ? control.get_model_value() : control.last_good ?? null;
	// Frappe leaves the text alone when the value is the same as before.
	setTimeout(() => control.set_formatted_input(kept));
	return kept;
}

function read_plain(control, text) {
	if (is_expression(text)) {
		const value = control.eval_expression(to_latin(text));
		if (typeof value === "number" && Number.isFinite(value)) return value;
	}
	return read_typed(text, number_format(control));
}

function understand_digits(control, finish) {
	wrap_control(
		control,
		"parse",
		(before) =>
			function (value) {
				if (typeof value !== "string" || value === "") return before.call(this, value);
				try {
					const read = read_plain(this, value);
					this.last_good = read === null ? null : finish(this, read);
					return this.last_good;
				} catch (error) {
					return refuse(this, error);
				}
			}
	);
}

function whole(control, value) {
	return cint(value);
}

function precise(control, value) {
	const factor = is_our_amount(control.df) ? money_unit().factor : 1;
	return flt(value * factor, control.get_precision());
}

// On focus Frappe replaces the shown text by the parsed number. Here text stays text: it is the
// amount as typed, in the unit of the box; only numbers are stored values.
function keep_unit_on_focus(before) {
	return function (value) {
		if (typeof value !== "string" || !is_our_amount(this.df)) return before.call(this, value);
		const read = read_number(value, number_format(this));
		return Number.isNaN(read) ? value : read;
	};
}

function show_in_unit(format) {
	return function (value) {
		if (!is_our_amount(this.df)) return format.call(this, value);
		if (value === null || value === undefined || value === "") return "";
		return amount_text(value, this.get_number_format());
	};
}

// “70.000” reads as seventy thousand where a point parts the thousands.
function only_needed_decimals(format) {
	return function (value) {
		const { fieldtype, parent } = this.df;
		const is_ours = ["Percent", "Float"].includes(fieldtype) && OURS.test(parent || "");
		if (!is_ours || value === "" || Number.isNaN(Number(value))) {
			return format.call(this, value);
		}
		const shown = flt(value, this.get_precision());
		const needed = (String(shown).split(".")[1] || "").length;
		return format_number(shown, null, needed);
	};
}

function mark_unit(make_input) {
	return function () {
		make_input.call(this);
		if (!is_our_amount(this.df)) return;
		const { label } = money_unit();
		this.$input.parent().addClass("clinic-amount").attr("data-unit", label);
		this.$input.attr({ inputmode: "decimal", dir: "ltr" });
	};
}

/** A stored amount as the box shows it: in the display unit, with only the decimals it has. */
export function amount_text(value, format) {
	const { factor, decimals } = money_unit();
	const shown = Number(value) / factor;
	const needed = (String(Math.abs(shown)).split(".")[1] || "").length;
	return format_number(shown, format, Math.min(6, Math.max(decimals, needed)));
}

function show_formatted_in_unit(before) {
	return function (value, docfield, options, doc) {
		if (!is_our_amount(docfield) || value === null || value === undefined || value === "") {
			return before.call(this, value, docfield, options, doc);
		}
		const text = `${amount_text(value)} ${frappe.utils.escape_html(money_unit().label)}`;
		return options?.only_value ? text : align_right(text, options);
	};
}

export function install() {
	understand_digits("ControlInt", whole);
	understand_digits("ControlFloat", precise);
	wrap_control("ControlFloat", "format_for_input", only_needed_decimals);
	wrap_control("ControlCurrency", "validate", keep_unit_on_focus);
	wrap_control("ControlCurrency", "format_for_input", show_in_unit);
	wrap_control("ControlCurrency", "make_input", mark_unit);
	wrap_formatter("Currency", show_formatted_in_unit);
}
