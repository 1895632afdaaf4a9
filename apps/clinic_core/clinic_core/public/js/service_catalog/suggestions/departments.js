/* The departments beside the list: each with a box for all of it, and how much is chosen. */

import { append, h, icon } from "../../kit/dom.js";
import { number } from "../../kit/fmt.js";
import { title_in } from "./rules.js";

/** A ticking box with a label → {element, set({label, checked, some, disabled})}. */
export function check_box({ label, title, on_change }) {
	const input = h("input", { type: "checkbox", on_change: () => on_change(input.checked) });
	const text = h("span", {}, label);
	const element = h("label", { class: "clinic-tick", title: title || null }, input, text);
	const set = ({ label: now, checked, some, disabled }) => {
		if (now !== undefined) text.textContent = now;
		input.checked = Boolean(checked);
		input.indeterminate = Boolean(some && !checked);
		input.disabled = Boolean(disabled);
	};
	return { element, input, set };
}

/** The entries of the side, for the departments something was found in; also sets `refresh_side`. */
export function departments_of(chooser, found, total) {
	const entries = [...chooser.departments.values()].filter(({ code }) => found.has(code));
	const made = entries.map((department) =>
		entry(chooser, department, found.get(department.code))
	);
	chooser.refresh_side = () => made.forEach(({ refresh }) => refresh());
	chooser.refresh_side();
	const all = h(
		"button",
		{
			class: "clinic-suggestions__department clinic-suggestions__department--all",
			"aria-pressed": String(!chooser.department),
			on_click: () => go(chooser, null),
		},
		h("span", {}, __("All departments")),
		h("span", { class: "clinic-suggestions__number" }, number(total))
	);
	return [all, made.map(({ element }) => element)];
}

function entry(chooser, department, count) {
	const title = title_in(department.titles, chooser.spoken());
	const of_it = () => chooser.services.filter((row) => row.department === department.code);
	const box = check_box({
		label: "",
		title: __("Choose all of {0}", [title]),
		on_change: (on) => chooser.choose_all(of_it(), on),
	});
	box.input.setAttribute("aria-label", __("Choose all of {0}", [title]));
	const numbers = h("span", { class: "clinic-suggestions__number" });
	const name = h(
		"button",
		{
			class: "clinic-suggestions__department",
			"aria-pressed": String(chooser.department === department.code),
			title: department.department
				? __("Goes to your department “{0}”", [department.department_title])
				: __("A new department will be made"),
			on_click: () => go(chooser, department.code),
		},
		h("span", {}, title),
		numbers
	);
	const refresh = () => {
		const open = of_it().filter((row) => !row.service);
		const on = open.filter((row) => chooser.chosen.has(row.code)).length;
		numbers.textContent = on
			? __("{0} of {1}", [number(on), number(count.total)])
			: number(count.total);
		numbers.classList.toggle("clinic-suggestions__number--on", on > 0);
		box.set({ checked: open.length && on === open.length, some: on, disabled: !open.length });
		if (!open.length) append(numbers, " ", icon("check", 12));
	};
	return {
		element: h("div", { class: "clinic-suggestions__entry" }, box.element, name),
		refresh,
	};
}

function go(chooser, code) {
	chooser.department = code;
	chooser.refresh();
	chooser.rows.element.scrollTop = 0;
}
