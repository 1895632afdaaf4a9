/* Old and new prices of thousands of services: found, filtered, a page at a time, each one to be typed over. */

import { money_unit } from "../../kit/boot.js";
import { fold } from "../../kit/digits.js";
import { fill, h } from "../../kit/dom.js";
import { number } from "../../kit/fmt.js";
import { button, empty, segmented } from "../../kit/ui.js";
import { percent_text, price_row } from "./row.js";

const PAGE = 50;

const FILTERS = {
	all: () => true,
	changed: (row) => row.new !== row.old,
	unchanged: (row) => row.new === row.old,
	doubts: (row) => row.doubts.length > 0 || row.moved,
};

/**
 * price_table({answer, on_type(key, amount)}) → {element, set(answer), set_head(…elements)}. Without
 * `on_type` it is for reading only. `answer` is that of the endpoint `preview`.
 */
export function price_table({ answer, on_type }) {
	const view = { answer, on_type, filter: "all", text: "", page: 0 };
	view.head = h("div", { class: "clinic-prices__head" });
	view.totals = h("div", { class: "clinic-prices__totals", role: "status" });
	view.bar = h("div", { class: "clinic-prices__bar" }, search_box(view));
	view.tabs = h("div");
	view.bar.append(view.tabs);
	view.body = h("tbody", { on_keydown: (event) => move(view, event) });
	view.foot = h("div", { class: "clinic-prices__foot" });
	view.element = h(
		"div",
		{ class: "clinic-prices" },
		view.head,
		view.bar,
		view.totals,
		h("div", { class: "clinic-prices__scroll" }, table_of(view)),
		view.foot
	);
	draw(view);
	return {
		element: view.element,
		set: (next) => {
			view.answer = next;
			draw(view);
		},
		set_head: (...elements) => fill(view.head, ...elements),
	};
}

function table_of(view) {
	const unit = money_unit().label;
	const headings = [
		[__("Service")],
		[__("Old price"), "number"],
		[__("New price"), "number"],
		[__("Difference", null, "price"), "number"],
		[__("Percent"), "number"],
		[view.on_type ? __("Notes") : ""],
	];
	const cells = headings.map(([label, kind]) =>
		h(
			"th",
			// Written from left to right, amounts end at the right in both directions: ones below ones.
			kind ? { scope: "col", class: "clinic-prices__number", dir: "ltr" } : { scope: "col" },
			label
		)
	);
	return h(
		"table",
		{ class: "clinic-prices__table" },
		h("caption", { class: "sr-only" }, __("Old and new prices in {0}", [unit])),
		h("thead", {}, h("tr", {}, cells)),
		view.body
	);
}

function search_box(view) {
	return h("input", {
		class: "form-control clinic-prices__search",
		type: "search",
		placeholder: __("Find a service"),
		"aria-label": __("Find a service"),
		on_input: (event) => {
			view.text = event.target.value;
			view.page = 0;
			draw(view);
		},
	});
}

function draw(view) {
	const words = fold(view.text).split(" ").filter(Boolean);
	const found = view.answer.rows.filter((row) => fits(row, words));
	view.rows = found.filter(FILTERS[view.filter]);
	view.pages = Math.max(1, Math.ceil(view.rows.length / PAGE));
	view.page = Math.min(view.page, view.pages - 1);
	fill(view.tabs, filter_tabs(view, found));
	fill(view.totals, totals(view.answer.totals));
	draw_rows(view);
	fill(view.foot, pager(view));
}

function fits(row, words) {
	if (!words.length) return true;
	const name = fold(`${row.service} ${row.service_name} ${row.area_title} ${row.department}`);
	return words.every((word) => name.includes(word));
}

// Who is typing goes on typing: the box keeps its text, its cursor and the keyboard.
function draw_rows(view) {
	const active = view.body.contains(document.activeElement) ? document.activeElement : null;
	const typed = active && {
		key: active.dataset.key,
		text: active.value,
		at: [active.selectionStart, active.selectionEnd],
	};
	view.drawing = true;
	const page = view.rows.slice(view.page * PAGE, (view.page + 1) * PAGE);
	fill(view.body, page.length ? page.map((row) => price_row(row, view)) : nothing());
	view.drawing = false;
	const again = typed && boxes(view).find((box) => box.dataset.key === typed.key);
	if (!again) return;
	again.focus();
	again.value = typed.text;
	again.setSelectionRange(...typed.at);
}

const boxes = (view) => [...view.body.querySelectorAll("input[data-key]")];

function nothing() {
	return h(
		"tr",
		{},
		h("td", { colspan: 6 }, empty({ icon: "search", title: __("Nothing fits.") }))
	);
}

function filter_tabs(view, found) {
	const labels = {
		all: __("All"),
		changed: __("Changing"),
		unchanged: __("Unchanged"),
		doubts: __("To check"),
	};
	const shown = view.on_type ? Object.keys(labels) : ["all"];
	if (shown.length < 2) return null;
	return segmented({
		label: __("Show"),
		value: view.filter,
		options: shown.map((value) => ({
			value,
			label: `${labels[value]} (${number(found.filter(FILTERS[value]).length)})`,
		})),
		on_change: (value) => {
			view.filter = value;
			view.page = 0;
			draw(view);
			view.tabs.querySelector("[aria-checked=true]")?.focus();
		},
	});
}

/** The figures of a whole update in one line. */
export function totals(sum) {
	const parts = [
		__("{0} of {1} prices change", [number(sum.changed), number(sum.count)]),
		sum.raised && __("{0} higher", [number(sum.raised)]),
		sum.lowered && __("{0} lower", [number(sum.lowered)]),
		sum.percent !== null && __("altogether {0}", [percent_text(sum.percent)]),
		__("in {0}", [money_unit().label]),
	];
	return parts.filter(Boolean).join(" · ");
}

function pager(view) {
	if (view.pages < 2) return null;
	const go = (step) => turn(view, step);
	return [
		button({
			icon: "previous",
			title: __("Previous page"),
			kind: "quiet",
			on_click: () => go(-1),
		}),
		h("span", {}, __("Page {0} of {1}", [number(view.page + 1), number(view.pages)])),
		button({ icon: "next", title: __("Next page"), kind: "quiet", on_click: () => go(1) }),
	];
}

function turn(view, step) {
	const page = Math.min(Math.max(view.page + step, 0), view.pages - 1);
	if (page === view.page) return false;
	view.page = page;
	draw(view);
	return true;
}

// Up, down and Enter go through the boxes as in a spreadsheet; Page Up and Page Down turn the page.
function move(view, event) {
	const all = boxes(view);
	const at = all.indexOf(event.target);
	if (at < 0) return;
	const { key } = event;
	if (key === "PageDown" || key === "PageUp") {
		event.preventDefault();
		event.target.blur();
		turn(view, key === "PageDown" ? 1 : -1);
		return boxes(view)[0]?.focus();
	}
	const step = key === "Enter" || key === "ArrowDown" ? 1 : key === "ArrowUp" ? -1 : 0;
	if (!step) return;
	event.preventDefault();
	const wanted = all[at + step];
	if (wanted) return wanted.focus();
	event.target.blur();
	if (!turn(view, step)) return event.target.focus();
	const next = boxes(view);
	next[step > 0 ? 0 : next.length - 1]?.focus();
}
