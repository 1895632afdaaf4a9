/*
 * While Frappe fetches the title of a link, its box is empty: a list opened for one patient would
 * show everybody's rows. Meanwhile the box answers with the value it is about to show.
 */

import { wrap_control } from "../kit/compat.js";

export function install() {
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
		"get_input_value",
		(get_input_value) =>
			function () {
				const shown = get_input_value.call(this);
				return shown || this.clinic_coming || shown;
			}
	);
}
