/* Try a price: a few questions and the answer, which follows whatever changes. */

import { fill, h, icon } from "../kit/dom.js";
import { skeleton } from "../kit/ui.js";
import { quote_input } from "./quote_inputs.js";
import { quote_view } from "./quote_view.js";

const PAUSE_MS = 200;

/**
 * quote_panel({fields, more, title, ask, areas}) → {element, refresh(), is_shown()}.
 *
 * `fields` are the questions always shown, `more` those behind a click: service, quantity, area,
 * contract, supplementary_contract, patient, discount, on. `ask(asked)` promises the answer of
 * `get_quote`, or null while something is missing; `asked` has the arguments of that endpoint.
 * `areas(service)` gives {areas: [{value, label}], is_optional} of the service at hand, or a promise of
 * it. `on` is the day to begin with, null for today.
 */
export function quote_panel({
	fields,
	more = [],
	title,
	ask,
	areas = () => ({ areas: [] }),
	on = null,
}) {
	const panel = {
		ask,
		areas,
		ticket: 0,
		timer: null,
		result: h("div", { "aria-live": "polite" }),
	};
	const refresh = () => later(panel);
	panel.inputs = [...fields, ...more].map((name) => quote_input(name, refresh, { on }));
	const of = (names) =>
		panel.inputs.filter((input) => names.includes(input.name)).map((input) => input.element);
	panel.error = h("div", { class: "clinic-error", hidden: true, role: "alert" });
	panel.element = h(
		"section",
		{ class: "clinic-quote-panel", "aria-label": title },
		h("h5", { class: "clinic-quote-panel__title" }, title),
		h("div", { class: "clinic-quote-panel__inputs" }, of(fields)),
		more.length > 0 && more_inputs(of(more)),
		panel.error,
		panel.result
	);
	fill(panel.result, skeleton(1));
	later(panel, 0);
	return { element: panel.element, refresh };
}

function more_inputs(elements) {
	return h(
		"details",
		{ class: "clinic-quote-panel__more" },
		h("summary", {}, icon("down", 12), __("More to try: patient, insurer, day")),
		h("div", { class: "clinic-quote-panel__inputs" }, elements)
	);
}

function later(panel, pause = PAUSE_MS) {
	clearTimeout(panel.timer);
	panel.timer = setTimeout(() => show(panel), pause);
}

async function show(panel) {
	const ticket = ++panel.ticket;
	panel.result.classList.add("clinic-quote-panel__result--stale");
	try {
		await settle_areas(panel);
		const quote = await panel.ask(asked(panel));
		if (ticket !== panel.ticket) return;
		panel.error.hidden = true;
		fill(panel.result, quote ? quote_view(quote) : h("p", { class: "text-muted" }, hint()));
	} catch (error) {
		if (ticket !== panel.ticket) return;
		// Shown in place, without moving the page: the user is typing elsewhere.
		panel.error.textContent = error.message;
		panel.error.hidden = false;
		fill(panel.result);
	}
	panel.result.classList.remove("clinic-quote-panel__result--stale");
}

const hint = () => __("Choose a service to see what it costs.");

async function settle_areas(panel) {
	const input = panel.inputs.find((one) => one.name === "area");
	if (!input) return;
	const { areas, is_optional } = await panel.areas(asked_service(panel));
	input.set_options(areas, is_optional);
}

const asked_service = (panel) => panel.inputs.find((one) => one.name === "service")?.get() ?? null;

function asked(panel) {
	const answers = panel.inputs.map((input) => {
		const value = input.get();
		return input.name === "discount" ? value : { [input.name]: value };
	});
	return Object.assign({}, ...answers);
}
