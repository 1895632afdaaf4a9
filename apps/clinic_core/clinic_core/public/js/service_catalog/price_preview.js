/* On the form of a service: its price while it is being typed, and every price it had (A50). */

import { command } from "../kit/call.js";
import { fill, h } from "../kit/dom.js";
import { price_history } from "./price_history.js";
import { quote_panel } from "./quote_panel.js";

const PREVIEW = "clinic_core.service_catalog.api.preview_quote";
// What the price follows from; long texts and pictures stay here.
const FIELDS = [
	"name",
	"service_name",
	"department",
	"status",
	"amount",
	"tax_percent",
	"tax_included",
	"is_countable",
	"is_fixed_amount",
	"is_session_based",
	"has_insurance",
	"is_outpatient_procedure",
	"deduction_percent",
	"deduction_amount",
	"national_code",
	"professional_units",
	"technical_units",
	"touch_up_days",
];
const AREA_FIELDS = ["name", "code", "title", "amount", "is_active"];

/** Called by the form's `refresh`: shows the panel for this service, or brings it up to date. */
export function show_price_preview(frm) {
	const holder = wrapper_of(frm);
	if (!holder) return;
	if (!frm.perm[0]?.write) return fill(holder);
	const shown = frm.clinic_price_preview;
	if (shown?.name === frm.doc.name && holder.contains(shown.panel.element)) {
		shown.panel.refresh();
		shown.history?.refresh();
		return;
	}
	const panel = quote_panel({
		title: __("What it costs, as you type"),
		fields: ["area", "quantity", "contract", "discount"],
		more: ["patient", "supplementary_contract", "on"],
		areas: () => areas_of(frm),
		ask: (asked) => preview(frm, asked),
	});
	const may_see_history = !frm.is_new() && frappe.model.can_read("Clinic Service Price");
	const history = may_see_history ? price_history(frm.doc.name) : null;
	frm.clinic_price_preview = { name: frm.doc.name, panel, history };
	fill(holder, h("div", { class: "clinic-prices" }, panel.element, history?.element));
	watch();
}

/** Called where a row of the form was taken away: no model event tells of it. */
export function refresh_price_preview(frm) {
	frm.clinic_price_preview?.panel.refresh();
}

function wrapper_of(frm) {
	const wrapper = frm.get_field("price_preview")?.wrapper;
	return wrapper?.jquery ? wrapper[0] : wrapper;
}

// One pair of listeners for all forms of services, however often they are opened.
let is_watching = false;
function watch() {
	if (is_watching) return;
	is_watching = true;
	const follow = (name) => {
		const frm = window.cur_frm;
		if (frm?.doctype === "Clinic Service" && frm.doc.name === name) refresh_price_preview(frm);
	};
	frappe.model.on("Clinic Service", "*", (fieldname, value, doc) => follow(doc.name));
	frappe.model.on("Clinic Service Area", "*", (fieldname, value, row) => follow(row.parent));
}

function areas_of(frm) {
	const active = (frm.doc.areas || []).filter((row) => row.is_active && row.title);
	return {
		areas: active.map((row) => ({ value: row.code || row.name, label: row.title })),
		is_optional: Number(frm.doc.amount || 0) > 0,
	};
}

function preview(frm, { patient, on, ...line }) {
	const service_values = pick(frm.doc, FIELDS);
	service_values.areas = (frm.doc.areas || []).map((row) => pick(row, AREA_FIELDS));
	// By POST: with many body areas the values do not fit into an address.
	return command(PREVIEW, { service_values, line, patient, on }, { quiet: true });
}

const pick = (doc, fields) =>
	Object.fromEntries(fields.map((field) => [field, doc[field] ?? null]));
