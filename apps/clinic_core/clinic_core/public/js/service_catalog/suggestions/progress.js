/* How far adopting is: the server tells; where no realtime server runs the bar only shows work. */

import { h } from "../../kit/dom.js";
import { number } from "../../kit/fmt.js";

const EVENT = "clinic_adoption_progress";

/** new ProgressBar(total) → {element, stop()}. */
export class ProgressBar {
	constructor(total) {
		this.bar = h("div", { class: "clinic-progress__bar" });
		this.text = h("span", { class: "clinic-progress__text" }, __("Adding …"));
		this.element = h(
			"div",
			{
				class: "clinic-progress clinic-progress--unknown",
				role: "progressbar",
				"aria-valuemin": 0,
				"aria-valuemax": total,
			},
			h("div", { class: "clinic-progress__track" }, this.bar),
			this.text
		);
		this.listener = (message) => this.show(message);
		frappe.realtime.on(EVENT, this.listener);
	}

	show({ done, of }) {
		this.element.classList.remove("clinic-progress--unknown");
		this.element.setAttribute("aria-valuenow", done);
		this.bar.style.inlineSize = `${(100 * done) / of}%`;
		this.text.textContent = __("{0} of {1}", [number(done), number(of)]);
	}

	stop() {
		frappe.realtime.off(EVENT, this.listener);
		this.element.remove();
	}
}
