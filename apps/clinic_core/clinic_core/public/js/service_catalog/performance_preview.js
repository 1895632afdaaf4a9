/* On the form of a service: what one sale of it would earn whom (A18, F33). For managers and accountants. */

import { call } from "../kit/call.js";
import { fill, h, icon } from "../kit/dom.js";
import { digits, money } from "../kit/fmt.js";
import { field, skeleton } from "../kit/ui.js";
import { practitioner_picker } from "./pickers.js";
import { quote_input } from "./quote_inputs.js";

const GET = "clinic_core.service_catalog.api.get_performance";
const ROLES = ["Clinic Manager", "Clinic Accountant", "System Manager"];
const PAUSE_MS = 250;

/** Called by the form's `refresh`: a folded panel below the price; it asks the server when unfolded. */
export function show_performance_preview(frm) {
	const wrapper = frm.get_field("price_preview")?.wrapper;
	const below = wrapper?.jquery ? wrapper[0] : wrapper;
	if (!below) return;
	below.parentElement.querySelector(":scope > .clinic-performance")?.remove();
	if (frm.is_new() || !ROLES.some((role) => frappe.user.has_role(role))) return;
	below.after(panel_of(frm.doc.name));
}

function panel_of(service) {
	const panel = { service, ticket: 0, result: h("div", { "aria-live": "polite" }) };
	const changed = () => {
		clearTimeout(panel.timer);
		panel.timer = setTimeout(() => show(panel), PAUSE_MS);
	};
	panel.inputs = {
		practitioner: person(__("Practitioner"), __("Any practitioner"), changed),
		technician: person(__("Technician"), __("Nobody"), changed),
		assistant: person(__("Assistant"), __("Nobody"), changed),
		contract: quote_input("contract", changed),
		quantity: quote_input("quantity", changed),
		discount: quote_input("discount", changed),
	};
	panel.checks = {
		with_marketer: check(__("With a marketer"), changed),
		with_referrer: check(__("With a referrer"), changed),
	};
	const elements = (inputs) => Object.values(inputs).map((input) => input.element);
	const details = h(
		"details",
		{ class: "clinic-performance clinic-quote-panel" },
		h("summary", {}, icon("down", 12), __("Preview of performance")),
		h(
			"p",
			{ class: "clinic-performance__hint" },
			__("What one sale of this service would earn whom.")
		),
		h("div", { class: "clinic-quote-panel__inputs" }, elements(panel.inputs)),
		h("div", { class: "clinic-performance__checks" }, elements(panel.checks)),
		panel.result
	);
	details.addEventListener("toggle", () => details.open && show(panel));
	return details;
}

function person(label, placeholder, on_change) {
	const picker = practitioner_picker({ label, placeholder, on_change });
	return { element: field({ label, control: picker.element }), get: picker.get };
}

function check(label, on_change) {
	const box = h("input", { type: "checkbox", on_change });
	return { element: h("label", {}, box, label), get: () => (box.checked ? 1 : 0) };
}

function asked({ service, inputs, checks }) {
	const { discount, ...plain } = inputs;
	const values = Object.entries({ ...plain, ...checks }).map(([name, input]) => [
		name,
		input.get(),
	]);
	return { service, ...Object.fromEntries(values), ...discount.get() };
}

async function show(panel) {
	const ticket = ++panel.ticket;
	if (!panel.result.firstChild) fill(panel.result, skeleton(1));
	try {
		const answer = await call(GET, asked(panel), { quiet: true });
		if (ticket === panel.ticket) fill(panel.result, view(answer));
	} catch (error) {
		if (ticket !== panel.ticket) return;
		fill(panel.result, h("div", { class: "clinic-error", role: "alert" }, error.message));
	}
}

// The basis first, then its parts; what is nothing and needs no word is left out.
function view({ lines }) {
	const shown = lines.filter(
		(line) => line.amount || ["basis", "practitioner", "centre"].includes(line.code)
	);
	return h("table", { class: "clinic-quote__lines" }, h("tbody", {}, shown.map(line_row)));
}

function line_row({ code, label, amount, why }) {
	return h(
		"tr",
		{ data: { code } },
		h("td", {}, h("div", {}, label), h("div", { class: "clinic-quote__why" }, digits(why))),
		h("td", { class: "clinic-quote__amount" }, money(amount, { unit: code === "basis" }))
	);
}
