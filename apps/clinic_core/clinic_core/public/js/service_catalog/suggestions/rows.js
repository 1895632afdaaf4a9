/* The list of services: a box to tick, both names, length and course, and a box for the price. */

import { money_input } from "../../controls/inputs.js";
import { fill, h, icon } from "../../kit/dom.js";
import { duration, number } from "../../kit/fmt.js";
import { empty, tag } from "../../kit/ui.js";
import { paste_column } from "./paste.js";
import { has_price, other_title, title_in } from "./rules.js";

/** new RowList(chooser) → {element, show(rows), mark(row, on), focus_first(), first_nonsense()}. */
export class RowList {
	constructor(chooser) {
		this.chooser = chooser;
		this.made = new Map();
		this.element = h("div", {
			class: "clinic-suggestions__list",
			role: "group",
			"aria-label": __("Services"),
			on_keydown: (event) => this.on_key(event),
			on_paste: (event) => paste_column(this, event),
		});
	}

	/** Show these services under the titles of their departments; rows are made once and kept. */
	show(rows) {
		if (!rows.length) return fill(this.element, this.nothing());
		const sections = [];
		for (const row of rows) {
			if (sections.at(-1)?.code !== row.department)
				sections.push({ code: row.department, rows: [] });
			sections.at(-1).rows.push(this.row(row).element);
		}
		fill(
			this.element,
			sections.map(({ code, rows: elements }) =>
				h(
					"section",
					{ class: "clinic-suggestions__section" },
					this.heading(code),
					elements
				)
			)
		);
	}

	nothing() {
		const { chooser } = this;
		const everywhere = {
			label: __("Show {0} in other departments", [number(chooser.elsewhere)]),
			on_click: () => {
				chooser.department = null;
				chooser.refresh();
			},
		};
		return empty({
			icon: "search",
			title: __("Nothing fits."),
			hint: chooser.elsewhere ? null : __("Try another word, in Persian or English."),
			action: chooser.elsewhere ? everywhere : null,
		});
	}

	heading(code) {
		const department = this.chooser.departments.get(code);
		return h(
			"h5",
			{ class: "clinic-suggestions__heading" },
			title_in(department.titles, this.chooser.spoken())
		);
	}

	row(service) {
		if (!this.made.has(service.code)) this.made.set(service.code, this.make(service));
		return this.made.get(service.code);
	}

	make(service) {
		const { chooser } = this;
		const name = title_in(service.titles, chooser.language);
		const other = other_title(service.titles, chooser.language);
		const box = h("input", {
			type: "checkbox",
			checked: Boolean(service.service) || chooser.chosen.has(service.code),
			disabled: Boolean(service.service),
			"aria-label": name,
			on_change: () => chooser.choose(service, box.checked),
		});
		const made = { service, box, boxes: [] };
		const names = h(
			"label",
			{ class: "clinic-suggestions__name" },
			box,
			h(
				"span",
				{},
				h("span", { class: "clinic-suggestions__title" }, h("bdi", {}, name)),
				h("span", { class: "clinic-suggestions__other" }, h("bdi", {}, other))
			)
		);
		const line = h(
			"div",
			{ class: "clinic-suggestions__line" },
			names,
			h(
				"span",
				{ class: "clinic-suggestions__minutes" },
				duration(service.duration_minutes)
			),
			h("span", { class: "clinic-suggestions__tags" }, this.tags(service, made)),
			service.service
				? already(service, chooser.close)
				: this.price_box(made, { label: name })
		);
		made.element = h("div", { class: "clinic-suggestions__row" }, line);
		made.element.classList.toggle("clinic-suggestions__row--there", Boolean(service.service));
		made.element.classList.toggle("clinic-suggestions__row--on", box.checked && !box.disabled);
		const typed = chooser.prices.get(service.code);
		if (typed && Object.values(typed.areas).some((value) => value !== null)) this.unfold(made);
		return made;
	}

	tags(service, made) {
		const { session_count: count, session_interval_days: days } = service;
		const found = [];
		if (count)
			found.push(
				tag({
					text: __("{0} sessions", [number(count)]),
					tone: "info",
					title: __("One every {0} days", [number(days)]),
				})
			);
		if (service.dental_scope) found.push(tag({ text: __(service.dental_scope) }));
		if (service.gender !== "Any") found.push(tag({ text: __(service.gender) }));
		if (service.areas.length) found.push(this.areas_button(service, made));
		return found;
	}

	areas_button(service, made) {
		if (service.service) return tag({ text: __("{0} areas", [number(service.areas.length)]) });
		made.fold = h(
			"button",
			{
				class: "clinic-chip clinic-suggestions__areas-button",
				"aria-expanded": "false",
				title: __("Give each area its own price"),
				on_click: () => (made.areas ? this.fold(made) : this.unfold(made)),
			},
			__("{0} areas", [number(service.areas.length)]),
			icon("down", 12)
		);
		return made.fold;
	}

	unfold(made) {
		const { service } = made;
		made.areas = h(
			"div",
			{ class: "clinic-suggestions__areas" },
			service.areas.map((area) => {
				const name = title_in(area.titles, this.chooser.language);
				return h(
					"div",
					{ class: "clinic-suggestions__line" },
					h("span", { class: "clinic-suggestions__name" }, h("bdi", {}, name)),
					h(
						"span",
						{ class: "clinic-suggestions__minutes" },
						duration(area.duration_minutes)
					),
					h("span"),
					this.price_box(made, { label: name, area: area.code })
				);
			})
		);
		made.element.append(made.areas);
		this.hint(made);
		made.fold.setAttribute("aria-expanded", "true");
	}

	fold(made) {
		made.areas.remove();
		made.areas = null;
		made.boxes = made.boxes.filter(({ area }) => !area);
		made.fold.setAttribute("aria-expanded", "false");
	}

	price_box(made, { label, area = null }) {
		const { chooser } = this;
		const typed = chooser.prices.get(made.service.code);
		const box = money_input({
			label: __("Price of {0}", [label]),
			value: (area ? typed?.areas[area] : typed?.amount) ?? null,
			placeholder: area ? __("as the service") : __("Price"),
			on_change: (amount) => {
				chooser.set_price(made.service, amount, area);
				this.hint(made);
			},
		});
		box.area = area;
		box.input.classList.add("clinic-suggestions__price");
		box.element.dataset.code = made.service.code;
		made.boxes.push(box);
		return box.element;
	}

	// What an area costs whose box is empty: nothing is offered at no price.
	hint(made) {
		const { amount = null, areas = {} } = this.chooser.prices.get(made.service.code) || {};
		const by_area_only = amount === null && has_price({ amount, areas });
		for (const { area, input } of made.boxes)
			if (area) input.placeholder = by_area_only ? __("not offered") : __("as the service");
	}

	/** Tick a row's box, if the row was made already. */
	mark(service, on) {
		const made = this.made.get(service.code);
		if (!made) return;
		made.box.checked = on;
		made.element.classList.toggle("clinic-suggestions__row--on", on);
	}

	inputs() {
		return [...this.element.querySelectorAll(".clinic-suggestions__price")];
	}

	focus_first() {
		this.element.querySelector("input[type=checkbox]:not(:disabled)")?.focus();
	}

	/** The first price that is no number, among the chosen. */
	first_nonsense() {
		for (const { service, boxes } of this.made.values()) {
			const bad = boxes.find((box) => !box.is_valid());
			if (bad && (this.chooser.chosen.has(service.code) || bad.element.isConnected))
				return bad;
		}
		return null;
	}

	// Enter and the arrows go from price to price, and from box to box.
	on_key(event) {
		const on = event.target;
		const is_price = on.classList?.contains("clinic-suggestions__price");
		if (!is_price && on.type !== "checkbox") return;
		if (event.ctrlKey || event.metaKey || event.altKey) return;
		const step = { ArrowDown: 1, ArrowUp: -1, Enter: is_price ? 1 : 0 }[event.key];
		if (!step) return;
		event.preventDefault();
		const all = is_price
			? this.inputs()
			: [...this.element.querySelectorAll("input[type=checkbox]:not(:disabled)")];
		const next = all[all.indexOf(on) + step];
		next?.focus();
		next?.closest(".clinic-suggestions__line").scrollIntoView({ block: "nearest" });
	}

	/** The price boxes as they stand on screen, with their rows: [{made, box}]. */
	boxes_on_screen() {
		const by_input = new Map();
		for (const made of this.made.values())
			for (const box of made.boxes) by_input.set(box.input, { made, box });
		return this.inputs().map((input) => by_input.get(input));
	}

	/** Put a price in a box as if it were typed. */
	fill_price({ made, box }, amount) {
		box.set(amount);
		this.chooser.set_price(made.service, amount, box.area);
		this.hint(made);
	}
}

function already({ service, reason }, close) {
	const why =
		reason === "adopted" ? __("Added from here before") : __("A service of this name exists");
	return h(
		"a",
		{
			class: "clinic-suggestions__there",
			href: "#",
			title: why,
			on_click: (event) => {
				event.preventDefault();
				close?.();
				frappe.set_route("Form", "Clinic Service", service);
			},
		},
		icon("check", 14),
		__("Already in your list")
	);
}
