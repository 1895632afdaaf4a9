/* The services of a reception: one line each, priced live by the server (D19–D21, A10–A13, G07). */

import { make_line } from "./lines/line.js";
import { totals_of } from "./lines/price.js";
import { promises } from "./lines/promises.js";

const { h, fill } = clinic.ui;

/**
 * service_lines({patient(), branch(), practitioner(), on_change(total)}) → {element, add(service, more),
 * add_by_name, focus, read(), total(), is_empty(), has_entitlement(name), requote()}.
 */
export function service_lines({
	patient = () => null,
	branch = () => null,
	practitioner = () => null,
	on_change,
}) {
	const rows = h("div", { class: "clinic-lines__rows" });
	const total = h("div", { class: "clinic-lines__total", "aria-live": "polite" });
	const list = { lines: [], patient, branch, practitioner, rows, total, on_change };
	const offers = promises(list);
	list.refresh = () => {
		offers.refresh();
		show_total(list);
	};
	list.add = (service, more = {}) => add_line(list, service, more);
	list.remove = (line) => remove_line(list, line);
	list.areas_of = (service) =>
		list.lines.filter((line) => line.service.name === service).map((line) => line.area);
	// Also a scanner's way in: it types the barcode and Enter (A73).
	const adder = clinic.catalog.service_picker({
		placeholder: __("Add a service: type its name or code, or scan it"),
		label: __("Add a service"),
		on_change: (value, option) => {
			if (!value) return;
			list.add(option.row);
			adder.set(null);
		},
	});
	const element = h(
		"div",
		{ class: "clinic-lines" },
		rows,
		offers.element,
		adder.element,
		total
	);
	list.refresh();
	return {
		element,
		add: list.add,
		add_by_name: async (name, more) => {
			const service = await clinic.catalog.service(name);
			if (service) list.add(service, more);
			return service;
		},
		focus: () => adder.focus(),
		is_empty: () => !list.lines.length,
		has_entitlement: (name) => list.lines.some((line) => line.entitlement === name),
		read: () => list.lines.map((line) => line.read()),
		total: () => sum(list),
		requote: () => list.lines.forEach((line) => line.requote()),
	};
}

function add_line(list, service, more) {
	const line = make_line(list, service, more);
	list.lines.push(line);
	list.rows.append(line.element);
	line.requote();
	return line;
}

function remove_line(list, line) {
	list.lines = list.lines.filter((other) => other !== line);
	line.element.remove();
	list.refresh();
}

const sum = (list) =>
	list.lines.reduce((total, line) => total + (line.quote?.patient_share || 0), 0);

function show_total(list) {
	const quotes = list.lines.map((line) => line.quote).filter(Boolean);
	const complete = quotes.length === list.lines.length;
	fill(list.total, list.lines.length > 0 && totals_of(quotes, { complete }));
	list.on_change?.(sum(list));
}
