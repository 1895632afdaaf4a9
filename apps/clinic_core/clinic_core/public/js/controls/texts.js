/* Phone boxes of the desk understand Persian digits. */

import { wrap_control } from "../kit/compat.js";
import { to_latin } from "../kit/digits.js";

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

export function install() {
	phones();
}
