/* Every price of a service: from when, how much, by whom and by what (A50). */

import { call } from "../kit/call.js";
import { fill, h } from "../kit/dom.js";
import { date, datetime, money } from "../kit/fmt.js";
import { empty, skeleton, tag } from "../kit/ui.js";

const HISTORY = "clinic_core.service_catalog.api.price_history";

/** price_history(service) → {element, refresh()}: folded, fetched when it is opened. */
export function price_history(service) {
	const body = h("div", { class: "clinic-price-history__body" });
	const refresh = async () => {
		if (!element.open) return;
		if (!body.children.length) fill(body, skeleton(2));
		try {
			fill(body, table(service, await call(HISTORY, { service }, { quiet: true })));
		} catch (error) {
			fill(body, h("div", { class: "clinic-error" }, error.message));
		}
	};
	const element = h(
		"details",
		{ class: "clinic-price-history", on_toggle: refresh },
		h("summary", {}, __("Prices so far and to come")),
		body
	);
	return { element, refresh };
}

function table(service, { rows, has_more }) {
	if (!rows.length) {
		return empty({
			icon: "wallet",
			title: __("No price was changed yet."),
			hint: __("Each change of the amount is kept here, with who and when."),
		});
	}
	return [
		h("ol", { class: "clinic-price-history__rows" }, rows.map(row_view)),
		has_more &&
			h(
				"button",
				{
					class: "btn btn-xs btn-default",
					on_click: () => frappe.set_route("List", "Clinic Service Price", { service }),
				},
				__("Show all")
			),
	];
}

function row_view(row) {
	const of_what = [row.area_title, row.contract_title].filter(Boolean).join(" · ");
	return h(
		"li",
		{ class: "clinic-price-history__row", data: { source: row.source } },
		h(
			"div",
			{ class: "clinic-price-history__amount" },
			h("strong", {}, money(row.amount)),
			row.source !== "Opening" && change_of(row),
			mark(row)
		),
		h(
			"div",
			{},
			h("div", {}, __("from {0}", [date(row.valid_from, { short: true })])),
			of_what && h("div", {}, of_what),
			h("div", { class: "clinic-price-history__by" }, how(row))
		)
	);
}

function change_of(row) {
	if (!row.previous_amount || row.previous_amount === row.amount) return null;
	return h("s", { class: "clinic-price-history__before" }, money(row.previous_amount));
}

function mark(row) {
	if (row.is_scheduled) return tag({ text: __("scheduled"), tone: "info", icon: "clock" });
	return row.is_current ? tag({ text: __("holds today"), tone: "success" }) : null;
}

// By what, then by whom and when; names and dates of two scripts keep their order.
function how(row) {
	const source = __(row.source, null, "Clinic Service Price");
	const link = () =>
		h(
			"a",
			{ href: frappe.utils.get_form_link("Clinic Price Update", row.price_update) },
			source
		);
	return [
		h("div", {}, row.price_update ? link() : source),
		h("div", {}, h("bdi", {}, row.by), " · ", h("bdi", {}, datetime(row.creation))),
	];
}
