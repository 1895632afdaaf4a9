/* The discount of a line: percent or amount, by a toggle; locked where the amount is fixed (A11). */

import { explain } from "./explain.js";

const { h, fill, icon, money_input, number_input } = clinic.ui;

/**
 * discount_box({is_fixed, on_change}) → {element, read()}: {discount_percent} or {discount_amount}.
 */
export function discount_box({ is_fixed, on_change }) {
	if (is_fixed) return locked();
	const inputs = {
		percent: number_input({
			label: __("Discount percent"),
			placeholder: "0",
			min: 0,
			max: 100,
			on_change,
		}),
		amount: money_input({ label: __("Discount amount"), placeholder: "0", on_change }),
	};
	let kind = "percent";
	const holder = h("div", { class: "clinic-discount__box" });
	const toggle = h("button", {
		class: "btn btn-default clinic-discount__toggle",
		on_click: () => {
			inputs[kind].set(null);
			choose(kind === "percent" ? "amount" : "percent");
			inputs[kind].focus();
			on_change();
		},
	});
	const choose = (wanted) => {
		kind = wanted;
		fill(holder, inputs[kind].element);
		const percent = kind === "percent";
		const hint = percent
			? __("Give the discount as an amount")
			: __("Give the discount in percent");
		fill(toggle, percent ? "%" : clinic.money_unit().label || "#");
		toggle.title = hint;
		toggle.setAttribute("aria-label", hint);
	};
	choose(kind);
	return {
		element: h("div", { class: "clinic-discount" }, holder, toggle),
		read: () => {
			const value = inputs[kind].get() || 0;
			return kind === "percent" ? { discount_percent: value } : { discount_amount: value };
		},
	};
}

function locked() {
	const reason = __("The amount of this service is fixed: no discount is given.");
	const content = [icon("lock", 14), " ", __("Fixed amount")];
	return {
		element: h(
			"div",
			{ class: "clinic-discount clinic-discount--locked" },
			explain(content, reason)
		),
		read: () => ({}),
	};
}
