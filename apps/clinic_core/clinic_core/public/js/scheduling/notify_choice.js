/* “Tell the patient?” beside each change of an appointment; the clinic sets whether it is asked (F15). */

import { boot } from "../kit/boot.js";
import { h } from "../kit/dom.js";

const ASKED = { "Ask, ticked": true, "Ask, not ticked": false };

/**
 * notify_choice({label}) → {element, args(), wants()}: the box, or null where the clinic does not ask;
 * `args()` is what a command is given besides: {notify}, or nothing, and the server does as the clinic has
 * set; `wants()`: whether the patient will be told.
 */
export function notify_choice({ label = __("Tell the patient") } = {}) {
	const wish = boot().notify_patients || "Ask, ticked";
	if (!(wish in ASKED)) {
		return { element: null, args: () => ({}), wants: () => wish === "Always" };
	}
	const box = h("input", {
		type: "checkbox",
		checked: ASKED[wish],
		class: "clinic-notify__box",
	});
	return {
		element: h("label", { class: "clinic-notify" }, box, h("span", {}, label)),
		args: () => ({ notify: box.checked ? 1 : 0 }),
		wants: () => box.checked,
	};
}
