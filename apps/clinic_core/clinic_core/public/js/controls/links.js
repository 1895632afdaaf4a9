/*
 * While Frappe fetches the title of a link, its box is empty: a list opened for one patient would
 * show everybody's rows. Meanwhile the box answers with the value it is about to show.
 *
 * A title that comes after the box was given another value, or none, is late: Frappe would put it
 * in all the same, and the list would be narrowed by what it had been cleared of.
 */

import { wrap_control } from "../kit/compat.js";

export function install() {
	wrap_control(
		"ControlLink",
		"set_formatted_input",
		(set_formatted_input) =>
			function (value) {
				this.clinic_wanted = value || null;
				return set_formatted_input.call(this, value);
			}
	);
	wrap_control(
		"ControlLink",
		"set_link_title",
		(set_link_title) =>
			async function (value) {
				this.clinic_coming = value;
				try {
					return await set_link_title.call(this, value);
				} finally {
					if (this.clinic_coming === value) this.clinic_coming = null;
				}
			}
	);
	wrap_control(
		"ControlLink",
		"translate_and_set_input_value",
		(show) =>
			function (title, value) {
				if (!is_late(this, value)) return show.call(this, title, value);
			}
	);
	wrap_control(
		"ControlLink",
		"get_input_value",
		(get_input_value) =>
			function () {
				const shown = get_input_value.call(this);
				const coming = this.clinic_coming;
				return shown || (is_late(this, coming) ? shown : coming || shown);
			}
	);
}

// A box that was never given a value in one piece, such as one in a dialog, has no later one.
function is_late(control, value) {
	return control.clinic_wanted !== undefined && control.clinic_wanted !== value;
}
