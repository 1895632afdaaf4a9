/* Phone and date boxes of the desk understand Persian digits; dates also of the Persian calendar. */

import { latin_date, to_latin } from "../kit/digits.js";
import { toast } from "../kit/toast.js";

function phones() {
	const { ControlData } = frappe.ui.form;
	const validate = ControlData.prototype.validate;
	ControlData.prototype.validate = function (value) {
		if (typeof value === "string" && this.df.options === "Phone") value = to_latin(value);
		return validate.call(this, value);
	};
}

function dates() {
	const { ControlDate, ControlDatetime, ControlTime } = frappe.ui.form;
	const parse_date = ControlDate.prototype.parse;
	ControlDate.prototype.parse = function (value) {
		if (typeof value !== "string" || !value) return parse_date.call(this, value);
		const { text, iso } = latin_date(value);
		if (iso === null) return parse_date.call(this, text);
		if (iso === "") {
			toast(__("“{0}” is not a date.", [value]), { kind: "error" });
			return this.get_model_value() ?? null;
		}
		return iso;
	};
	for (const Control of [ControlDatetime, ControlTime]) {
		const parse = Control.prototype.parse;
		Control.prototype.parse = function (value) {
			return parse.call(this, typeof value === "string" ? to_latin(value) : value);
		};
	}
}

export function install() {
	phones();
	dates();
}
