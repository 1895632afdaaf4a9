/* What a contract covers, as a table with what each side pays: counted by the server, page by page. */

import { call } from "../../kit/call.js";
import { dialog } from "../../kit/dialogs.js";
import { fill, h } from "../../kit/dom.js";
import { date, money, number } from "../../kit/fmt.js";
import { button, empty, skeleton } from "../../kit/ui.js";

const COVERED = "clinic_core.service_catalog.price_levels.api.covered_services";
const PAGE = 100;
const PAUSE_MS = 250;

/** Open the table of a saved contract. */
export function show_covered(contract, title) {
	const body = h("tbody");
	const area = h("div", { class: "clinic-covered" }, skeleton(6));
	const said = h("p", { class: "text-muted", "aria-live": "polite" });
	const state = { rows: [], serial: 0 };
	const search = h("input", {
		class: "form-control",
		type: "search",
		placeholder: __("Name, code or barcode"),
		"aria-label": __("Search"),
		on_input: () => {
			clearTimeout(state.timer);
			state.timer = setTimeout(() => load(0), PAUSE_MS);
		},
	});

	async function load(start) {
		const serial = ++state.serial;
		try {
			const text = search.value.trim() || null;
			const args = { contract, text, start, page_length: PAGE };
			const found = await call(COVERED, args, { quiet: true });
			if (serial !== state.serial) return;
			state.rows = start ? [...state.rows, ...found.rows] : found.rows;
			draw(found);
		} catch (error) {
			if (serial === state.serial) fill(area, empty({ icon: "info", title: error.message }));
		}
	}

	function draw(found) {
		fill(said, __("Services: {0} · prices of {1}", [number(found.total), date(found.on)]));
		if (!state.rows.length) {
			const hint = __(
				"Add services to the table “Prices”. An insurer pays only for services sold with insurance."
			);
			fill(area, empty({ icon: "info", title: __("Nothing is covered"), hint }));
			return;
		}
		fill(body, state.rows.map(row_of));
		fill(
			area,
			h("table", { class: "table table-sm clinic-covered__table" }, head(), body),
			found.has_more &&
				button({ label: __("Show more"), on_click: () => load(state.rows.length) })
		);
	}

	dialog({
		title: __("Covered services: {0}", [title]),
		size: "extra-large",
		content: [search, said, area],
		on_show: () => search.focus(),
	});
	load(0);
}

function head() {
	const amount = (label) => h("th", { class: "clinic-covered__amount" }, label);
	return h(
		"thead",
		{},
		h(
			"tr",
			{},
			h("th", {}, __("Service")),
			h("th", {}, __("Department")),
			h("th", {}, __("Priced by")),
			amount(__("List price")),
			amount(__("Contract price")),
			amount(__("Insurer share")),
			amount(__("Patient share"))
		)
	);
}

function row_of(row) {
	const amount = (value, is_strong) =>
		h("td", { class: "clinic-covered__amount" }, h(is_strong ? "b" : "bdi", {}, money(value)));
	const area = row.area_title && h("span", { class: "text-muted" }, ` · ${row.area_title}`);
	return h(
		"tr",
		{},
		h("td", {}, row.service_name, area),
		h("td", {}, row.department),
		h("td", { class: "text-muted" }, `${__(row.applies_to)} · ${__(row.method)}`),
		amount(row.list_price),
		amount(row.unit_price, row.unit_price !== row.list_price),
		amount(row.insurer_share),
		amount(row.patient_share, true)
	);
}
