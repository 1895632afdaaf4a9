/* Phone and date boxes of the desk understand Persian digits; dates also of the Persian calendar. */

import { wrap_control } from "../kit/compat.js";
import { latin_date, to_latin } from "../kit/digits.js";
import { toast } from "../kit/toast.js";

function phones() {
	wrap_control(
		"ControlData",
		"validate",
		(validate) =>
			function (value) {
				if (typeof value === "string" && this.df.options === "Phone")
					value = to_latin(value);
				return validate.call(this, value);
			}
	);
}

function read_date(parse) {
	return function (value) {
		if (typeof value !== "string" || !value) return parse.call(this, value);
		const { text, iso } = latin_date(value);
		if (iso === null) return parse.call(this, text);
		if (iso === "") {
			toast(__("“{0}” is not a date.", [value]), { kind: "error" });
			return this.get_model_value() ?? null;
		}
		return iso;
	};
}

function read_digits(parse) {
	return function (value) {
		return parse.call(this, typeof value === "string" ? to_latin(value) : value);
	};
}

function dates() {
	wrap_control("ControlDate", "parse", read_date);
	for (const control of ["ControlDatetime", "ControlTime"]) {
		wrap_control(control, "parse", read_digits);
	}
}

export function install() {
	phones();
	dates();
}
