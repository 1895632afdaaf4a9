/* One service of a reception: area, quantity, discount, contract, people, and what it costs. */

import { cells, more_of } from "./cells.js";
import { another_area, touch_up_chip } from "./chips.js";
import { contract_choice } from "./contract.js";
import { discount_box } from "./discount.js";
import { notes_of, parts_of, price_of } from "./price.js";
import { request_quote } from "./quote.js";

const { h, fill, button, number_input } = clinic.ui;

/**
 * make_line(list, service, {entitlement, left, area, area_title, action, practitioner, quantity,
 * proforma, promised})
 * → {element, service, entitlement, quote, read(), requote()}. `list`: {patient(), branch(),
 * practitioner(), refresh(), remove(line), add(service, more)}.
 */
export function make_line(list, service, more = {}) {
	const { entitlement = null, left, action, area, proforma = null } = more;
	const { promised = null } = more;
	const line = {
		service,
		entitlement,
		left,
		proforma,
		promised,
		area_title: more.area_title,
		area: area || only_area(service),
		action: entitlement ? "Use Purchased" : action || "Perform Now",
		touch_up: false,
		quote: null,
		ticket: 0,
		price: h("div", { class: "clinic-line__price" }),
		below: h("div", { class: "clinic-line__below" }),
		problem: h("div", { class: "clinic-error", hidden: true }),
	};
	line.read = () => read(line);
	line.requote = () => requote(list, line);
	add_controls(list, line, more);
	line.element = h("div", { class: "clinic-line" });
	draw(list, line);
	return line;
}

const only_area = ({ areas = [] }) => (areas.length === 1 ? areas[0].code : null);

const needs_area = (line) =>
	!line.entitlement && Boolean(line.service.areas?.length) && !line.area;

function add_controls(list, line, { practitioner, quantity = 1 }) {
	const limits = line.entitlement ? { min: 1, max: line.left } : { min: 1 };
	line.quantity = number_input({
		value: quantity,
		label: __("Quantity"),
		on_change: line.requote,
		...limits,
	});
	line.discount = discount_box({
		is_fixed: Boolean(line.service.is_fixed_amount),
		on_change: line.requote,
	});
	line.contract = contract_choice({ branch: list.branch, on_change: line.requote });
	const person = (label, value, kinds) =>
		clinic.catalog.practitioner_picker({
			value,
			label,
			placeholder: __("Nobody"),
			kinds,
		});
	line.practitioner = clinic.catalog.practitioner_picker({
		value: practitioner || list.practitioner(),
		kinds: ["Operator", "Doctor"],
		on_change: line.requote,
	});
	line.technician = person(__("Technician"), null, ["Operator"]);
	line.assistant = person(__("Assistant"), null, ["Operator"]);
	line.more = more_of(line);
}

/** What is sent for a line; every amount follows from it on the server. */
function read(line) {
	const said = {
		service: line.service.name,
		action: line.action,
		quantity: line.touch_up ? 1 : line.quantity.get() || 1,
		practitioner: line.practitioner.get(),
		technician: line.technician.get(),
		assistant: line.assistant.get(),
		area: line.area,
	};
	if (line.entitlement) return { ...said, entitlement: line.entitlement };
	if (line.proforma) return { ...said, ...line.proforma };
	if (line.touch_up) return { ...said, is_touch_up: 1 };
	return { ...said, ...line.contract.read(), ...line.discount.read() };
}

function requote(list, line) {
	if (line.entitlement) {
		line.quote = { patient_share: 0 };
		fill(line.price, h("strong", {}, __("Paid")));
		fill(line.below, line.more);
		return list.refresh();
	}
	if (line.promised) {
		line.quote = line.promised.quote;
		show_quote(list, line);
		return list.refresh();
	}
	if (needs_area(line)) {
		line.quote = null;
		fill(line.price, h("span", { class: "text-muted" }, __("Choose the body area")));
		fill(line.below);
		return list.refresh();
	}
	request_quote(list, line, () => {
		show_quote(list, line);
		list.refresh();
	});
}

function show_quote(list, line) {
	const { quote } = line;
	fill(line.price, quote && price_of(quote));
	line.contract.show(quote);
	fill(
		line.below,
		h(
			"div",
			{ class: "clinic-line__tags" },
			!line.touch_up && !line.promised && line.contract.tag,
			touch_up_chip(line, () => draw(list, line)),
			another_area(list, line),
			line.more
		),
		quote && parts_of(quote),
		quote && notes_of(quote)
	);
}

function draw(list, line) {
	const redraw = () => draw(list, line);
	fill(line.element, head(list, line), cells(line, redraw), line.below, line.problem);
}

function head(list, line) {
	const { service } = line;
	return h(
		"div",
		{ class: "clinic-line__head" },
		h("strong", {}, service.service_name),
		line.entitlement && line.area_title && h("span", {}, `– ${line.area_title}`),
		hint_of(line),
		line.price,
		button({
			icon: "close",
			kind: "quiet",
			title: __("Take out"),
			on_click: () => list.remove(line),
			class: "btn-xs",
		})
	);
}

function hint_of({ service, entitlement, left, touch_up, area, promised }) {
	const { number } = clinic.fmt;
	if (promised) {
		const text = __("Proforma {0}", [clinic.fmt.code(promised.proforma_no)]);
		return clinic.ui.tag({ text, tone: "success" });
	}
	if (entitlement)
		return clinic.ui.tag({ text: __("Paid, {0} left", [number(left)]), tone: "success" });
	if (touch_up) return clinic.ui.tag({ text: __("Free touch-up"), tone: "success" });
	if (!service.is_session_based) return null;
	const own = (service.areas || []).find((row) => row.code === area)?.session_count;
	return clinic.ui.tag({
		text: __("{0} sessions", [number(own || service.session_count)]),
		tone: "info",
	});
}
