/* The services of a reception: one line each, priced live by the server (D19–D21, A10, A11). */

const { h, fill, button, number_input } = clinic.ui;

const QUOTE = "clinic_core.service_catalog.api.get_quote";
const QUOTE_PAUSE_MS = 250;

// Of a service in several sessions all are sold either way.
const ACTIONS = {
	"Perform Now": (service) =>
		service.is_session_based ? __("All sessions, first one today") : __("Perform now"),
	"Sell for Later": (service) =>
		service.is_session_based ? __("All sessions, first one later") : __("Sell for later"),
};

/**
 * service_lines({patient(), on_change(total)}) → {element, add(service, more), read(), total(),
 * is_empty(), requote()}.
 */
export function service_lines({ patient = () => null, on_change, practitioner = () => null }) {
	const rows = h("div", { class: "clinic-lines__rows" });
	const total = h("div", { class: "clinic-lines__total" });
	const adder = clinic.catalog.service_picker({
		placeholder: __("Add a service: type its name or code"),
		label: __("Add a service"),
		on_change: (value, option) => {
			if (!value) return;
			add(option.row);
			adder.set(null);
		},
	});
	const list = { lines: [], patient, practitioner, rows, total, on_change };
	const add = (service, more = {}) => add_line(list, service, more);
	const element = h("div", { class: "clinic-lines" }, rows, adder.element, total);
	refresh(list);
	return {
		element,
		add,
		add_by_name: async (name, more) => {
			const service = (await clinic.catalog.services()).find((row) => row.name === name);
			if (service) add(service, more);
			return service;
		},
		focus: () => adder.focus(),
		is_empty: () => !list.lines.length,
		has_entitlement: (name) => list.lines.some((line) => line.entitlement === name),
		read: () => list.lines.map(read_line),
		total: () => sum(list),
		requote: () => list.lines.forEach((line) => quote(list, line)),
	};
}

function add_line(list, service, { entitlement = null, action, left, practitioner } = {}) {
	const line = {
		service,
		entitlement,
		left,
		action: entitlement ? "Use Purchased" : action || "Perform Now",
		quote: null,
		ticket: 0,
	};
	const changed = () => quote(list, line);
	const limits = entitlement ? { min: 1, max: left } : { min: 1 };
	line.quantity = number_input({
		value: 1,
		label: __("Quantity"),
		on_change: changed,
		...limits,
	});
	line.discount = number_input({
		value: null,
		label: __("Discount percent"),
		placeholder: "0",
		min: 0,
		max: 100,
		on_change: changed,
	});
	line.practitioner = clinic.catalog.practitioner_picker({
		value: practitioner || list.practitioner(),
		kinds: ["Operator", "Doctor"],
	});
	line.price = h("div", { class: "clinic-line__price" });
	line.problem = h("div", { class: "clinic-error", hidden: true });
	line.element = draw(list, line, changed);
	list.lines.push(line);
	refresh(list);
	quote(list, line);
}

function draw(list, line, changed) {
	const { service } = line;
	const remove = () => {
		list.lines = list.lines.filter((other) => other !== line);
		refresh(list);
	};
	const cell = (label, content, size = "") =>
		h("div", { class: `clinic-line__cell ${size}` }, h("label", {}, label), content);
	const countable = Boolean(service.is_countable || line.entitlement);
	const priced = !line.entitlement && !service.is_fixed_amount;
	return h(
		"div",
		{ class: "clinic-line" },
		h(
			"div",
			{ class: "clinic-line__head" },
			h("strong", {}, service.service_name),
			hint_of(line),
			line.price,
			button({
				icon: "close",
				kind: "quiet",
				title: __("Take out"),
				on_click: remove,
				class: "btn-xs",
			})
		),
		h(
			"div",
			{ class: "clinic-line__cells" },
			!line.entitlement && cell(__("What happens"), action_select(line, changed)),
			countable && cell(__("Quantity"), line.quantity.element, "clinic-line__cell--short"),
			priced && cell(__("Discount %"), line.discount.element, "clinic-line__cell--short"),
			cell(__("Practitioner"), line.practitioner.element)
		),
		line.problem
	);
}

function hint_of({ service, entitlement, left }) {
	if (entitlement) {
		return clinic.ui.tag({
			text: __("Paid, {0} left", [clinic.fmt.number(left)]),
			tone: "success",
		});
	}
	if (!service.is_session_based) return null;
	return clinic.ui.tag({
		text: __("{0} sessions", [clinic.fmt.number(service.session_count)]),
		tone: "info",
	});
}

function action_select(line, changed) {
	const select = h(
		"select",
		{
			class: "form-control clinic-select",
			"aria-label": __("What happens"),
			on_change: () => {
				line.action = select.value;
				changed();
			},
		},
		["Perform Now", "Sell for Later"].map((value) =>
			h("option", { value }, ACTIONS[value](line.service))
		)
	);
	select.value = line.action;
	return select;
}

function read_line(line) {
	const read = {
		service: line.service.name,
		action: line.action,
		quantity: line.quantity.get() || 1,
		practitioner: line.practitioner.get(),
	};
	if (line.entitlement) return { ...read, entitlement: line.entitlement };
	return { ...read, discount_percent: line.discount.get() || 0 };
}

function quote(list, line) {
	if (line.entitlement) {
		line.quote = { patient_share: 0 };
		fill(line.price, h("strong", {}, __("Paid")));
		return refresh(list);
	}
	clearTimeout(line.timer);
	line.timer = setTimeout(() => fetch_quote(list, line), line.quote ? QUOTE_PAUSE_MS : 0);
}

async function fetch_quote(list, line) {
	const ticket = ++line.ticket;
	clinic.ui.clear_error(line.problem);
	try {
		const args = {
			service: line.service.name,
			patient: list.patient(),
			quantity: line.quantity.get() || 1,
			discount_percent: line.discount.get() || 0,
		};
		const answer = await clinic.call(QUOTE, args, { quiet: true });
		if (ticket !== line.ticket) return;
		line.quote = answer;
		fill(line.price, price_of(answer));
	} catch (error) {
		if (ticket !== line.ticket) return;
		line.quote = null;
		fill(line.price);
		clinic.ui.show_error(error, line.problem);
	}
	refresh(list);
}

function price_of(answer) {
	const why = (answer.lines || []).map(
		(part) =>
			`${part.label}: ${clinic.fmt.money(part.amount)}${
				part.why ? ` (${clinic.fmt.digits(part.why)})` : ""
			}`
	);
	return [
		answer.discount > 0 && h("s", {}, clinic.fmt.money(answer.list_total)),
		h(
			"strong",
			{ title: why.join("\n") },
			clinic.fmt.money(answer.patient_share, { unit: true })
		),
	];
}

const is_priced = (list) => list.lines.every((line) => line.quote);

const sum = (list) =>
	list.lines.reduce((total, line) => total + (line.quote?.patient_share || 0), 0);

function refresh(list) {
	fill(
		list.rows,
		list.lines.map((line) => line.element)
	);
	fill(
		list.total,
		list.lines.length > 0 && [
			h("span", {}, __("The patient pays")),
			h("strong", {}, is_priced(list) ? clinic.fmt.money(sum(list), { unit: true }) : "…"),
		]
	);
	list.on_change?.(sum(list));
}
