/* Choosing suggested services and giving them prices: the frame, what is chosen, and adopting it. */

import { call, clear_error, command, show_error } from "../../kit/call.js";
import { append, fill, h, icon } from "../../kit/dom.js";
import { number } from "../../kit/fmt.js";
import { is_persian } from "../../kit/boot.js";
import { button, empty, segmented, skeleton } from "../../kit/ui.js";
import { check_box, departments_of } from "./departments.js";
import { ProgressBar } from "./progress.js";
import { counts, fits, has_price, request, search_text } from "./rules.js";
import { RowList } from "./rows.js";
import { summary } from "./summary.js";

const API = "clinic_core.service_catalog.api";

// What was chosen and typed survives closing the dialog: nobody types forty prices twice.
const draft = { chosen: new Set(), prices: new Map(), language: null };

/** new Chooser(element, {on_done(result), close}) fills the element and loads the catalogue. */
export class Chooser {
	constructor(root, { on_done, close } = {}) {
		Object.assign(this, { root, on_done, close, query: "", department: null });
		this.chosen = draft.chosen;
		this.prices = draft.prices;
		this.root.addEventListener("keydown", (event) => this.on_key(event));
		// Once something is corrected, the complaint has had its effect.
		this.root.addEventListener("input", () => clear_error(this.error_area));
		this.load();
	}

	/** Read the catalogue (again): what the clinic has already may have changed. */
	async load() {
		this.root.classList.remove("clinic-suggestions--done");
		fill(this.root, skeleton(6));
		try {
			this.catalogue = await call(`${API}.list_suggestions`, {}, { quiet: true });
		} catch (error) {
			return this.show_failure(error);
		}
		const { departments, services, language } = this.catalogue;
		this.language = draft.language || language;
		this.departments = new Map(departments.map((row) => [row.code, row]));
		this.services = services.map((row) => ({
			...row,
			text: search_text(row, this.departments.get(row.department)),
		}));
		for (const { code, service } of this.services) if (service) this.chosen.delete(code);
		this.draw();
		this.focus();
	}

	show_failure(error) {
		fill(
			this.root,
			empty({
				icon: "alert",
				title: __("The suggested services could not be loaded"),
				hint: error.message,
				action: { label: __("Try again"), on_click: () => this.load() },
			})
		);
	}

	focus() {
		this.search?.focus({ preventScroll: true });
	}

	/** Called when the page comes to the front again: services may have been made or deleted meanwhile. */
	show() {
		if (this.catalogue && !this.progress?.element.isConnected) this.load();
	}

	/** Called when the screen goes away. */
	leave() {
		this.progress?.stop();
	}

	draw() {
		this.rows = new RowList(this);
		this.side = h("nav", {
			class: "clinic-suggestions__side",
			"aria-label": __("Departments"),
		});
		this.error_area = h("div", { class: "clinic-error", hidden: true });
		fill(
			this.root,
			this.head(),
			h("div", { class: "clinic-suggestions__body" }, this.side, this.rows.element),
			this.error_area,
			this.foot()
		);
		this.refresh();
	}

	head() {
		this.search = h("input", {
			class: "form-control clinic-search__input",
			type: "search",
			autocomplete: "off",
			placeholder: __("Find a service in any language"),
			"aria-label": __("Find a service in any language"),
			value: this.query,
			on_input: () => {
				this.query = this.search.value;
				this.refresh();
			},
		});
		this.all = check_box({ label: "", on_change: (on) => this.choose_all(this.found, on) });
		const names = segmented({
			label: __("Language of the names"),
			value: this.language === "fa" ? "fa" : "en",
			// Each language in its own script, whatever the desk speaks.
			options: [
				{ value: "fa", label: "فارسی" },
				{ value: "en", label: "English" },
			],
			on_change: (language) => {
				draft.language = this.language = language;
				this.draw();
			},
		});
		return h(
			"div",
			{ class: "clinic-suggestions__head" },
			h("div", { class: "clinic-search" }, icon("search", 15), this.search),
			this.all.element,
			h(
				"div",
				{ class: "clinic-suggestions__names" },
				h("span", { class: "text-muted" }, __("Names in")),
				names
			)
		);
	}

	foot() {
		this.count = h("div", { class: "clinic-suggestions__count", "aria-live": "polite" });
		this.add = button({ label: " ", kind: "primary", on_click: () => this.adopt() });
		this.foot_element = h("div", { class: "clinic-suggestions__foot" }, this.count, this.add);
		return this.foot_element;
	}

	/** Show what fits the search and the department, and how much is chosen. */
	refresh() {
		const fitting = this.services.filter((row) => fits(row.text, this.query));
		const here = (row) => !this.department || row.department === this.department;
		// A search looks everywhere when it finds nothing in the department at hand.
		this.found = fitting.filter(here);
		this.elsewhere = this.found.length ? 0 : fitting.length;
		fill(this.side, departments_of(this, counts(fitting, this.chosen), fitting.length));
		this.rows.show(this.found);
		this.refresh_counts();
	}

	/** Only the numbers: after a box was ticked or a price typed. */
	refresh_counts() {
		const open = this.found.filter((row) => !row.service);
		const on = open.filter((row) => this.chosen.has(row.code)).length;
		this.all.set({
			label: this.query.trim()
				? __("All {0} found", [number(open.length)])
				: __("All {0}", [number(open.length)]),
			checked: open.length > 0 && on === open.length,
			some: on > 0,
		});
		this.all.element.hidden = !open.length;
		this.refresh_side?.();
		const wanted = request(this.services, this.chosen, this.prices);
		const open_prices = wanted.filter((row) => !has_price(row)).length;
		fill(this.count, this.counted(wanted.length, open_prices));
		this.add.disabled = !wanted.length;
		this.add.querySelector("span").textContent = add_label(wanted.length);
	}

	counted(chosen, open_prices) {
		if (!chosen)
			return h("span", { class: "text-muted" }, __("Tick services or type their prices."));
		return [
			h("strong", {}, __("{0} chosen", [number(chosen)])),
			open_prices > 0 &&
				h(
					"span",
					{ class: "clinic-suggestions__open" },
					icon("alert", 14),
					__("{0} without a price: they are added as inactive", [number(open_prices)])
				),
		];
	}

	choose(row, on) {
		if (row.service) return;
		if (on) this.chosen.add(row.code);
		else this.chosen.delete(row.code);
		this.rows.mark(row, on);
		this.refresh_counts();
	}

	choose_all(rows, on) {
		for (const row of rows.filter(({ service }) => !service)) {
			if (on) this.chosen.add(row.code);
			else this.chosen.delete(row.code);
			this.rows.mark(row, on);
		}
		this.refresh_counts();
	}

	/** A price was typed: whoever gives a price wants the service. */
	set_price(row, amount, area = null) {
		const price = this.prices.get(row.code) || { amount: null, areas: {} };
		if (area) price.areas[area] = amount;
		else price.amount = amount;
		this.prices.set(row.code, price);
		if (has_price(price) && !this.chosen.has(row.code)) this.choose(row, true);
		else this.refresh_counts();
	}

	on_key(event) {
		if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
			event.preventDefault();
			if (!this.add?.disabled) this.adopt();
		} else if (event.key === "ArrowDown" && event.target === this.search) {
			event.preventDefault();
			this.rows.focus_first();
		}
	}

	async adopt() {
		const nonsense = this.rows.first_nonsense();
		if (nonsense) {
			show_error(
				new Error(__("A price is not a number. Please correct it.")),
				this.error_area
			);
			return nonsense.focus();
		}
		const rows = request(this.services, this.chosen, this.prices);
		this.progress = new ProgressBar(rows.length);
		append(this.foot_element, this.progress.element);
		this.root.classList.add("clinic-waiting");
		try {
			const args = { rows, language: this.language };
			const options = { button: this.add, error_area: this.error_area };
			const result = await command(`${API}.adopt_suggestions`, args, options);
			this.finish(rows, result);
		} catch (error) {
			this.progress.stop();
		} finally {
			this.root.classList.remove("clinic-waiting");
		}
	}

	finish(rows, result) {
		this.progress.stop();
		for (const { suggestion } of rows) {
			this.chosen.delete(suggestion);
			this.prices.delete(suggestion);
		}
		this.root.classList.add("clinic-suggestions--done");
		fill(this.root, summary(result, { again: () => this.load(), close: this.close }));
		this.root.querySelector("button, a")?.focus();
		this.on_done?.(result);
	}

	/** The language department titles are shown in: the user's. */
	spoken() {
		return is_persian() ? "fa" : "en";
	}
}

function add_label(count) {
	if (!count) return __("Add services");
	return count === 1 ? __("Add one service") : __("Add {0} services", [number(count)]);
}
