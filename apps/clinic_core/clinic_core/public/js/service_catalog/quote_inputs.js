/* The questions a price is asked with: each gives {element, get()} and tells when it changes. */

import { money_input, number_input } from "../controls/inputs.js";
import { call } from "../kit/call.js";
import { calendar } from "../kit/calendar.js";
import { combo_box } from "../kit/combo.js";
import { fill, h } from "../kit/dom.js";
import { date, today } from "../kit/fmt.js";
import { button, control, field } from "../kit/ui.js";
import { service_picker } from "./pickers.js";

/** A combo box of active contracts; `is_supplementary` chooses among the two sorts. */
export function contract_picker({ is_supplementary = false, ...opts } = {}) {
	const filters = { is_active: 1, is_supplementary: is_supplementary ? 1 : 0 };
	const rows = call(
		"frappe.client.get_list",
		{
			doctype: "Clinic Service Contract",
			fields: ["name", "title", "kind"],
			filters,
			order_by: "title asc",
			limit_page_length: 0,
		},
		{ quiet: true }
	);
	return combo_box({
		placeholder: is_supplementary ? __("None") : __("As the patient is covered"),
		...opts,
		options: rows.then((found) =>
			found.map((row) => ({ value: row.name, label: row.title, hint: __(row.kind), row }))
		),
	});
}

/** One input of the panel by name → {name, element, get(), …}; `changed` is called on any change. */
export function quote_input(name, changed, initial = {}) {
	const made = MAKERS[name](changed, initial[name] ?? null);
	const element = field({ label: labels()[name], control: made.element });
	element.dataset.input = name;
	return { ...made, name, element };
}

const labels = () => ({
	service: __("Service"),
	quantity: __("Quantity"),
	area: __("Body area"),
	contract: __("Contract"),
	supplementary_contract: __("Supplementary contract"),
	patient: __("Patient"),
	discount: __("Discount"),
	on: __("On the day"),
});

const MAKERS = {
	service: (changed) => service_picker({ on_change: changed }),
	quantity: (changed) => {
		const input = number_input({ value: 1, label: labels().quantity, on_change: changed });
		return { ...input, get: () => input.get() ?? 1 };
	},
	area: area_input,
	contract: (changed) => contract_picker({ label: labels().contract, on_change: changed }),
	supplementary_contract: (changed) =>
		contract_picker({
			is_supplementary: true,
			label: labels().supplementary_contract,
			on_change: changed,
		}),
	patient: (changed) => {
		const link = control({
			fieldtype: "Link",
			options: "Clinic Patient",
			fieldname: "quote_patient",
			placeholder: __("Nobody in particular"),
			only_select: 1,
			on_change: changed,
		});
		return { element: link.element, get: () => link.get_value() || null };
	},
	discount: discount_input,
	on: day_input,
};

// The body areas of the service at hand; without any the whole input is hidden.
function area_input(changed) {
	const select = h("select", {
		class: "form-control clinic-select",
		"aria-label": labels().area,
		on_change: () => changed(),
	});
	return {
		element: select,
		get: () => select.value || null,
		/** `areas`: [{value, label}]; `is_optional`: the service itself has a price too. */
		set_options(areas, is_optional) {
			const before = select.value;
			fill(
				select,
				is_optional && h("option", { value: "" }, __("The service itself")),
				areas.map((area) => h("option", { value: area.value }, area.label))
			);
			const kept = areas.some((area) => area.value === before);
			select.value = kept ? before : is_optional ? "" : areas[0]?.value || "";
			const shown = select.closest(".clinic-field");
			if (shown) shown.hidden = !areas.length;
		},
	};
}

// A percent or an amount, one at a time.
function discount_input(changed) {
	const boxes = {
		percent: number_input({
			label: __("Discount percent"),
			placeholder: "0",
			on_change: changed,
		}),
		amount: money_input({
			label: __("Discount amount"),
			placeholder: "0",
			on_change: changed,
		}),
	};
	let kind = "percent";
	const holder = h("div", { class: "clinic-quote-discount__box" });
	const choose = h(
		"select",
		{
			class: "form-control clinic-select",
			"aria-label": __("Discount by"),
			on_change: () => show(choose.value),
		},
		h("option", { value: "percent" }, "%"),
		h("option", { value: "amount" }, __("Amount"))
	);
	const show = (chosen) => {
		kind = chosen;
		fill(holder, boxes[kind].element);
		changed();
	};
	fill(holder, boxes[kind].element);
	return {
		element: h("div", { class: "clinic-quote-discount" }, holder, choose),
		get: () => ({ [`discount_${kind}`]: boxes[kind].get() ?? 0 }),
	};
}

function day_input(changed, initial) {
	let day = initial;
	const text = () => (day ? date(day, { short: true }) : __("Today"));
	const made = button({
		label: text(),
		icon: "calendar",
		on_click: () =>
			calendar(made, {
				value: day || today(),
				on_pick(picked) {
					day = picked === today() ? null : picked;
					made.querySelector("span").textContent = text();
					changed();
				},
			}),
	});
	made.classList.add("clinic-quote-day");
	return { element: made, get: () => day };
}
