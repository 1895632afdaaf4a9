/* Arrange services (A19, A51, A88): their order is what reception, pickers and the public page show. */

import { call, command } from "../kit/call.js";
import { confirm } from "../kit/dialogs.js";
import { fill, h, icon } from "../kit/dom.js";
import { number } from "../kit/fmt.js";
import { watch } from "../kit/live.js";
import { toast } from "../kit/toast.js";
import { button, empty, skeleton } from "../kit/ui.js";
import { ArrangeBoard } from "./arrange_board.js";

const API = "clinic_core.service_catalog.api";
const MOST_STEPS = 100;

/** The page; what is moved is kept here until it is saved. */
export class ArrangePage {
	constructor(page) {
		this.page = page;
		this.steps = [];
		this.said = h("div", {
			class: "clinic-sr-only",
			"aria-live": "assertive",
			role: "status",
		});
		this.how = h(
			"div",
			{ class: "clinic-arrange__how", id: "clinic-arrange-how" },
			__(
				"Drag cards and departments, or: Space picks up, arrows move, Space puts down, Escape gives up."
			)
		);
		this.bar = h("div", { class: "clinic-arrange__bar", hidden: true, role: "region" });
		this.problem = h("div", { class: "clinic-error", hidden: true });
		this.body = h("div", {});
		this.root = h(
			"div",
			{ class: "clinic-arrange" },
			this.tools(),
			this.bar,
			this.problem,
			this.body,
			this.said
		);
		page.main.append(this.root);
		page.set_secondary_action(__("Refresh"), () => this.refresh(true), "refresh");
		window.addEventListener(
			"beforeunload",
			(event) => this.is_dirty() && event.preventDefault()
		);
	}

	/** Called each time the page comes to the front; what was not saved is still there. */
	async show() {
		this.stop ||= watch(["Clinic Service", "Clinic Department"], () => this.look_again());
		if (!this.is_dirty()) await this.refresh();
		const wanted = frappe.route_options?.service;
		frappe.route_options = null;
		if (wanted) this.board?.show(wanted);
	}

	/** Called when another page comes to the front. */
	hide() {
		this.stop?.();
		this.stop = null;
	}

	tools() {
		this.found = h("span", { class: "clinic-arrange__found", "aria-live": "polite" });
		const search = h("input", {
			class: "form-control",
			type: "search",
			placeholder: __("Find a service"),
			"aria-label": __("Find a service"),
			on_input: () => this.search(search.value),
			on_keydown: (event) => event.key === "Enter" && this.board?.next_found(),
		});
		this.search_box = search;
		this.toggle = h("input", {
			type: "checkbox",
			checked: true,
			on_change: () => this.show_inactive(this.toggle.checked),
		});
		return h(
			"div",
			{ class: "clinic-arrange__tools" },
			h("div", { class: "clinic-arrange__search" }, icon("search", 14), search),
			this.found,
			h("label", { class: "clinic-arrange__toggle" }, this.toggle, __("Show inactive ones")),
			this.how
		);
	}

	async refresh(by_hand = false) {
		if (by_hand && this.is_dirty() && !(await this.may_discard())) return;
		if (!this.board) fill(this.body, skeleton(6));
		clear(this.problem);
		try {
			this.take(await call(`${API}.service_order`, {}, { quiet: true }));
		} catch (error) {
			const action = { label: __("Try again"), on_click: () => this.refresh() };
			const title = __("The services could not be loaded");
			fill(this.body, empty({ icon: "alert", title, hint: error.message, action }));
		}
	}

	take(answer) {
		this.seen = answer.seen;
		this.steps = [];
		if (!answer.departments.length) return fill(this.body, nothing());
		this.board = new ArrangeBoard({
			departments: answer.departments,
			on_change: () => this.changed(),
			announce: (text) => fill(this.said, text),
		});
		this.last = this.board.order();
		fill(this.body, this.board.element);
		this.show_inactive(this.toggle.checked);
		if (this.search_box.value) this.search(this.search_box.value);
		this.draw_bar();
	}

	changed() {
		const order = this.board.order();
		if (JSON.stringify(order) === JSON.stringify(this.last)) return;
		this.steps.push(this.last);
		if (this.steps.length > MOST_STEPS) this.steps.splice(1, 1);
		this.last = order;
		this.draw_bar();
	}

	is_dirty() {
		return this.steps.length > 0;
	}

	draw_bar() {
		this.bar.hidden = !this.is_dirty();
		if (this.bar.hidden) return fill(this.bar);
		this.save_button = button({
			label: __("Save"),
			kind: "primary",
			on_click: () => this.save(),
		});
		const undo = button({ label: __("Undo"), icon: "undo", on_click: () => this.undo() });
		const discard = button({
			label: __("Discard all"),
			kind: "quiet",
			on_click: async () => (await this.may_discard()) && this.discard(),
		});
		const text = __("Changes not saved yet: {0}", [number(this.steps.length)]);
		fill(this.bar, icon("alert", 15), h("span", {}, text), this.save_button, undo, discard);
	}

	undo() {
		this.last = this.steps.pop();
		this.board.apply(this.last);
		this.draw_bar();
	}

	discard() {
		this.board.apply(this.steps[0]);
		this.last = this.steps[0];
		this.steps = [];
		clear(this.problem);
		this.draw_bar();
	}

	may_discard() {
		return confirm({
			title: __("Discard the changes?"),
			message: __("Everything goes back to where it was when you last saved."),
			action_label: __("Discard"),
		});
	}

	async save() {
		const args = { departments: this.board.order(), seen: this.seen };
		const opts = { button: this.save_button, error_area: this.problem };
		try {
			const done = await command(`${API}.arrange_services`, args, opts);
			this.seen = done.seen;
			this.steps = [];
			this.draw_bar();
			toast(__("The order is saved. Reception and the public page show it from now on."));
		} catch (error) {
			if (error.status === 409) this.offer_reload();
		}
	}

	offer_reload() {
		this.problem.append(
			" ",
			button({
				label: __("Load the present order"),
				icon: "refresh",
				on_click: () => {
					this.steps = [];
					this.refresh();
				},
			})
		);
	}

	// Somebody changed something: shown at once, but never over what is not saved.
	async look_again() {
		if (this.is_dirty()) return;
		const answer = await call(`${API}.service_order`, {}, { quiet: true }).catch(() => null);
		if (answer && !this.is_dirty() && !this.board?.held) this.take(answer);
	}

	search(text) {
		const count = this.board?.highlight(text) || 0;
		fill(this.found, text.trim() && __("{0} found", [number(count)]));
	}

	show_inactive(on) {
		this.board?.element.classList.toggle("clinic-arrange__board--active-only", !on);
		if (this.search_box.value) this.search(this.search_box.value);
	}
}

function clear(area) {
	area.hidden = true;
	fill(area);
}

function nothing() {
	return empty({
		icon: "plus",
		title: __("There are no services yet"),
		hint: __("Make departments and services first; then they are put in order here."),
		action: {
			label: __("New service"),
			on_click: () => frappe.new_doc("Clinic Service"),
		},
	});
}
