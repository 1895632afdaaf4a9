/* The contracts of an insurer, on its form. */

import { call } from "../../kit/call.js";
import { fill, h } from "../../kit/dom.js";
import { date } from "../../kit/fmt.js";
import { badge, button, empty } from "../../kit/ui.js";
import { state_of } from "./dates.js";

const DOCTYPE = "Clinic Service Contract";
const TONES = { green: "success", blue: "info", orange: "warning", gray: "muted" };

/** Fill the form's field `contracts_html`. */
export async function show_of_insurer(frm) {
	const area = frm.fields_dict.contracts_html?.$wrapper[0];
	if (!area) return;
	const insurer = frm.doc.name;
	const rows = await call(
		"frappe.client.get_list",
		{
			doctype: DOCTYPE,
			filters: { insurer },
			fields: ["name", "title", "is_supplementary", "is_active", "valid_from", "valid_to"],
			order_by: "valid_from desc, name asc",
			limit_page_length: 0,
		},
		{ quiet: true }
	).catch(() => []);
	if (frm.doc.name !== insurer) return; // another one is shown by now
	const add = frappe.model.can_create(DOCTYPE) && !!frm.doc.is_active && add_button(frm);
	if (!rows.length) {
		const hint = __("A contract says what its patients pay, and what it pays for them.");
		fill(
			area,
			empty({ icon: "info", title: __("No contract yet"), hint, action: add || null })
		);
		return;
	}
	fill(area, h("table", { class: "table table-sm" }, h("tbody", {}, rows.map(row_of))), add);
}

function add_button(frm) {
	return button({
		label: __("New contract"),
		on_click: () =>
			frappe.new_doc(DOCTYPE, {
				kind: frm.doc.kind === "Company" ? "Corporate" : "Insurer",
				insurer: frm.doc.name,
				is_supplementary: frm.doc.kind === "Supplementary Insurer" ? 1 : 0,
			}),
	});
}

function row_of(row) {
	const state = state_of(row);
	const end = row.valid_to ? date(row.valid_to, { short: true }) : __("until further notice");
	const supplementary = row.is_supplementary ? ` · ${__("Supplementary")}` : "";
	return h(
		"tr",
		{},
		h(
			"td",
			{},
			h("a", { href: frappe.utils.get_form_link(DOCTYPE, row.name) }, row.title),
			supplementary
		),
		h("td", {}, `${date(row.valid_from, { short: true })} – ${end}`),
		h("td", {}, badge(state.label, { tone: TONES[state.colour], label: state.label }))
	);
}
