/* The page “Import”: what can be brought in, and one import from its file to its result. */

import { call } from "../../kit/call.js";
import { fill, h } from "../../kit/dom.js";
import { skeleton, empty } from "../../kit/ui.js";
import { ColumnsStep } from "./columns_step.js";
import { result_step } from "./result_step.js";
import { start_step } from "./start_step.js";

export const API = "clinic_core.people.importing.api";
const ASK_EVERY_MS = 1500;

/** `clinic-importing` shows what can be imported, `clinic-importing/<name>` one import. */
export class ImportPage {
	constructor(page) {
		this.page = page;
		this.root = h("div", { class: "clinic-import" });
		page.main.append(this.root);
		this.on_progress = (message) => message.import === this.name && this.refresh();
	}

	show() {
		frappe.realtime.on("clinic_import", this.on_progress);
		const name = frappe.get_route()[1] || null;
		if (name !== this.name || !name) fill(this.root, skeleton(3));
		this.name = name;
		this.page.set_secondary_action?.(__("All imports"), () => this.open(null));
		this.refresh();
	}

	hide() {
		frappe.realtime.off("clinic_import", this.on_progress);
		clearTimeout(this.timer);
	}

	open(name) {
		frappe.set_route(name ? ["clinic-importing", name] : ["clinic-importing"]);
	}

	async refresh() {
		clearTimeout(this.timer);
		const asked = this.name;
		try {
			const answer = asked
				? await call(`${API}.state`, { name: asked }, { quiet: true })
				: await call(`${API}.overview`, {}, { quiet: true });
			if (asked === this.name) this.draw(answer);
		} catch (error) {
			fill(
				this.root,
				empty({
					icon: "alert",
					title: __("The import could not be loaded"),
					hint: error.message,
					action: { label: __("Try again"), on_click: () => this.refresh() },
				})
			);
		}
	}

	/** Show an import (or what can be imported) as the server says it is. */
	draw(answer) {
		this.page.set_title(this.name ? answer.title : __("Import"));
		if (!this.name) return fill(this.root, start_step(this, answer));
		if (answer.status === "Draft") return new ColumnsStep(this, answer).show();
		const is_working = ["Running", "Taking Back"].includes(answer.status);
		// The socket tells at once; asking makes sure where there is none.
		if (is_working) this.timer = setTimeout(() => this.refresh(), ASK_EVERY_MS);
		result_step(this, answer, is_working);
	}
}
