/* The board on which departments and services are put in order: by dragging and by keyboard. */

import { sortable } from "../kit/compat.js";
import { fold } from "../kit/digits.js";
import { fill, h, icon } from "../kit/dom.js";
import { duration, money, number } from "../kit/fmt.js";
import { tag } from "../kit/ui.js";

const MOVES = {
	ArrowUp: { along: -1 },
	ArrowDown: { along: 1 },
	ArrowLeft: { across: -1 },
	ArrowRight: { across: 1 },
};

/** What is on the page is the order: cards are moved, never drawn again. */
export class ArrangeBoard {
	/** `on_change()` after each move; `announce(text)` tells a screen reader. */
	constructor({ departments, on_change, announce }) {
		Object.assign(this, { on_change, announce });
		this.cards = new Map();
		this.columns = new Map();
		this.element = h("div", { class: "clinic-arrange__board", role: "list" });
		this.held = null;
		for (const department of departments) this.element.append(this.column(department));
		this.element.addEventListener("keydown", (event) => this.on_key(event));
		this.element.addEventListener("focusout", (event) => {
			if (this.held && !this.moving && event.target === this.held.item) this.drop();
		});
		this.make_sortable();
		this.count();
	}

	column(department) {
		const list = h("div", {
			class: "clinic-arrange__cards",
			role: "list",
			"aria-label": department.title,
			data: { department: department.name, active: department.is_active ? "1" : "0" },
		});
		for (const service of department.services) list.append(this.card(service));
		const head = h(
			"div",
			{
				class: "clinic-arrange__head",
				tabIndex: 0,
				role: "button",
				"aria-label": __("Department {0}", [department.title]),
				"aria-describedby": "clinic-arrange-how",
			},
			icon("grip", 14),
			h("strong", {}, department.title),
			!department.is_active && tag({ text: __("Inactive", null, "Clinic Service") }),
			h("span", { class: "clinic-arrange__count" })
		);
		const column = h(
			"section",
			{ class: "clinic-arrange__column", role: "listitem", data: { name: department.name } },
			head,
			list
		);
		this.columns.set(department.name, { column, head, list, title: department.title });
		return column;
	}

	card(service) {
		const is_active = service.status === "Active";
		const amount = service.amount ? money(service.amount, { unit: true }) : __("No price");
		const card = h(
			"div",
			{
				class: "clinic-arrange__card",
				tabIndex: 0,
				role: "listitem",
				"aria-roledescription": __("Movable service"),
				"aria-describedby": "clinic-arrange-how",
				data: { name: service.name, active: is_active ? "1" : "0" },
			},
			icon("grip", 12),
			h("span", { class: "clinic-arrange__name" }, service.service_name),
			h(
				"span",
				{ class: "clinic-arrange__facts" },
				`${amount} · ${duration(service.duration_minutes)}`
			),
			!is_active && tag({ text: __("Inactive", null, "Clinic Service") })
		);
		this.cards.set(service.name, { card, title: service.service_name });
		return card;
	}

	make_sortable() {
		const shared = {
			animation: 120,
			forceFallback: true,
			fallbackOnBody: true,
			fallbackTolerance: 4,
			onEnd: () => this.moved(),
		};
		sortable(this.element, {
			...shared,
			handle: ".clinic-arrange__head",
			draggable: ".clinic-arrange__column",
		});
		for (const { list } of this.columns.values()) {
			sortable(list, {
				...shared,
				draggable: ".clinic-arrange__card",
				group: {
					name: "clinic-services",
					put: (to, from, card) => may_stand(card, to.el),
				},
			});
		}
	}

	/** [{name, services: [names]}], as it stands now. */
	order() {
		return [...this.element.children].map((column) => ({
			name: column.dataset.name,
			services: [...this.columns.get(column.dataset.name).list.children].map(
				(card) => card.dataset.name
			),
		}));
	}

	/** Bring everything into an order that `order()` gave. */
	apply(order) {
		for (const { name, services } of order) {
			const { column, list } = this.columns.get(name);
			this.element.append(column);
			list.append(...services.map((service) => this.cards.get(service).card));
		}
		this.count();
	}

	moved() {
		this.count();
		this.on_change();
	}

	count() {
		for (const { column, list } of this.columns.values()) {
			const count = list.children.length;
			fill(column.querySelector(".clinic-arrange__count"), number(count));
			list.classList.toggle("clinic-arrange__cards--empty", !count);
			list.dataset.hint = count ? "" : __("Drop a service here");
		}
	}

	/** Mark the cards whose text has all these words → how many; the first is brought into sight. */
	highlight(text) {
		const words = fold(text).split(" ").filter(Boolean);
		const fits = (card) =>
			words.every((word) => fold(card.textContent + card.dataset.name).includes(word));
		this.element.classList.toggle("clinic-arrange__board--searched", words.length > 0);
		const found = [...this.cards.values()]
			.map(({ card }) => card)
			.filter((card) => {
				const on = words.length > 0 && fits(card) && card.offsetParent !== null;
				card.classList.toggle("clinic-arrange__card--found", on);
				return on;
			});
		const first = this.element.querySelector(".clinic-arrange__card--found");
		first?.scrollIntoView({ block: "nearest", inline: "nearest" });
		return found.length;
	}

	/** Go to the next of the marked cards. */
	next_found() {
		const found = [...this.element.querySelectorAll(".clinic-arrange__card--found")];
		const at = found.indexOf(document.activeElement);
		found[(at + 1) % found.length]?.focus();
	}

	/** Bring one service into sight and give it the keyboard. */
	show(name) {
		const known = this.cards.get(name);
		known?.card.scrollIntoView({ block: "center" });
		known?.card.focus();
	}

	// The keyboard

	on_key(event) {
		const item = event.target.closest(".clinic-arrange__card, .clinic-arrange__head");
		if (!item || event.ctrlKey || event.metaKey || event.altKey) return;
		const move = MOVES[event.key];
		if (event.key === " " || (event.key === "Enter" && this.held)) {
			if (this.held) this.drop();
			else this.pick_up(item);
		} else if (event.key === "Escape" && this.held) this.cancel();
		else if (move && this.held) this.step(move);
		else if (move) this.focus_next(item, move);
		else return;
		event.preventDefault();
		event.stopPropagation();
	}

	pick_up(item) {
		this.held = { item, before: this.order() };
		item.classList.add("clinic-arrange__held");
		this.announce(__("{0} is picked up. {1}", [this.title_of(item), this.place_of(item)]));
	}

	drop() {
		const { item, before } = this.held;
		this.release();
		this.announce(__("{0} is put down. {1}", [this.title_of(item), this.place_of(item)]));
		if (JSON.stringify(before) !== JSON.stringify(this.order())) this.moved();
	}

	cancel() {
		const { item, before } = this.held;
		this.moving = true;
		this.apply(before);
		this.release();
		item.focus();
		this.moving = false;
		this.announce(__("{0} is back in its place.", [this.title_of(item)]));
	}

	release() {
		this.held.item.classList.remove("clinic-arrange__held");
		this.held = null;
	}

	step(move) {
		const { item } = this.held;
		this.moving = true;
		if (item.classList.contains("clinic-arrange__head")) this.step_column(item, move);
		else if (move.along) step_in(visible(item.parentElement), item, move.along);
		else this.step_across(item, forwards(move.across));
		item.focus();
		item.scrollIntoView({ block: "nearest", inline: "nearest" });
		this.moving = false;
		this.count();
		this.announce(this.place_of(item));
	}

	step_column(head, move) {
		const by = move.along || forwards(move.across);
		step_in([...this.element.children], head.parentElement, by);
	}

	step_across(card, by) {
		const columns = [...this.element.children];
		let at = columns.indexOf(card.closest(".clinic-arrange__column")) + by;
		const list_at = () => columns[at] && this.columns.get(columns[at].dataset.name).list;
		while (list_at() && !may_stand(card, list_at())) at += by;
		if (!list_at()) return;
		const index = [...card.parentElement.children].indexOf(card);
		list_at().insertBefore(card, list_at().children[index] || null);
	}

	focus_next(item, move) {
		if (item.classList.contains("clinic-arrange__head") || move.across) {
			const columns = [...this.element.children];
			const at = columns.indexOf(item.closest(".clinic-arrange__column"));
			const by = move.across ? forwards(move.across) : 0;
			if (!by && move.along === 1) return visible(columns[at].lastElementChild)[0]?.focus();
			const other = columns[at + (by || -1)];
			const is_card = item.classList.contains("clinic-arrange__card");
			const cards = other && is_card ? visible(other.lastElementChild) : [];
			const index = is_card ? [...item.parentElement.children].indexOf(item) : 0;
			return (cards[Math.min(index, cards.length - 1)] || other?.firstElementChild)?.focus();
		}
		const cards = visible(item.parentElement);
		const next = cards[cards.indexOf(item) + move.along];
		(next || (move.along < 0 && item.parentElement.previousElementSibling))?.focus?.();
	}

	title_of(item) {
		const known = item.dataset.name && this.cards.get(item.dataset.name);
		return known ? known.title : this.columns.get(item.parentElement.dataset.name).title;
	}

	place_of(item) {
		const is_card = item.classList.contains("clinic-arrange__card");
		const row = is_card ? item : item.parentElement;
		const siblings = [...row.parentElement.children];
		const place = [number(siblings.indexOf(row) + 1), number(siblings.length)];
		if (!is_card) return __("Place {0} of {1}", place);
		const department = this.columns.get(item.parentElement.dataset.department).title;
		return __("Place {0} of {1} in {2}", [...place, department]);
	}
}

// In a right-to-left page the arrow to the left goes on.
const forwards = (by) => (document.documentElement.dir === "rtl" ? -by : by);

const visible = (list) => [...list.children].filter((card) => card.offsetParent !== null);

// A service in use stands in a department in use.
const may_stand = (card, list) =>
	list.dataset.active === "1" || card.dataset.active === "0" || card.parentElement === list;

function step_in(siblings, element, by) {
	const at = siblings.indexOf(element);
	const other = siblings[at + by];
	if (!other) return;
	if (by > 0) other.after(element);
	else other.before(element);
}
