/* The form of a proforma: prices as they come out, issuing, cancelling, printing. */

import { call, command } from "../../kit/call.js";
import { confirm, confirm_reason } from "../../kit/dialogs.js";
import { boot } from "../../kit/boot.js";
import { code, date, today } from "../../kit/fmt.js";
import { show_areas } from "../areas_of_row.js";

const API = "clinic_core.service_catalog.price_levels.api.";
const COLOURS = {
	Draft: "gray",
	Issued: "blue",
	Used: "green",
	Expired: "orange",
	Cancelled: "red",
};

/** The state people see: an issued one whose last day is over has expired. */
export function shown_state(doc) {
	const is_over = doc.status === "Issued" && doc.valid_until && doc.valid_until < today();
	return is_over ? "Expired" : doc.status;
}

/** [label, colour, filter] of a row. */
export function indicator(doc) {
	const state = shown_state(doc);
	const filter = {
		Expired: `status,=,Issued|valid_until,<,${today()}`,
		Issued: `status,=,Issued|valid_until,>=,${today()}`,
	}[state];
	return [__(state, null, "proforma"), COLOURS[state], filter || `status,=,${state}`];
}

/** Called by the form's `setup`. */
export function set_up(frm) {
	frm.set_query("patient", () => ({ filters: { status: "Active" } }));
	frm.set_query("branch", () => ({ filters: { is_active: 1 } }));
	frm.set_query("service", "lines", () => ({ filters: { status: "Active" } }));
	frm.set_query("practitioner", "lines", () => ({ filters: { is_active: 1 } }));
	const contracts = (is_supplementary) => () => ({
		filters: { is_active: 1, is_supplementary },
	});
	frm.set_query("contract", "lines", contracts(0));
	frm.set_query("supplementary_contract", "lines", contracts(1));
}

/** Called by the form's `refresh`. */
export function refresh(frm) {
	const [label, colour] = indicator(frm.doc);
	frm.page.set_indicator(label, colour);
	const is_draft = frm.doc.status === "Draft";
	for (const name of ["patient", "person_name", "person_mobile", "branch", "lines", "note"]) {
		frm.set_df_property(name, "read_only", is_draft ? 0 : 1);
	}
	if (frm.is_new()) return start(frm);
	if (frm.doc.valid_until) {
		frm.set_df_property("valid_until", "description", date(frm.doc.valid_until));
		frm.set_df_property("issued_on", "description", date(frm.doc.issued_on));
	}
	if (!frm.perm[0]?.write) return;
	if (is_draft)
		frm.add_custom_button(__("Issue"), () => issue(frm)).addClass("btn-primary-light");
	if (["Draft", "Issued"].includes(frm.doc.status)) {
		frm.add_custom_button(__("Cancel", null, "proforma"), () => cancel(frm));
	}
}

async function start(frm) {
	if (frm.doc.branch) return;
	const branch = frappe.defaults.get_user_default("Clinic Branch") || boot()?.default_branch;
	if (branch) frm.set_value("branch", branch);
}

async function issue(frm) {
	if (frm.is_dirty()) await frm.save();
	const agreed = await confirm({
		title: __("Issue the proforma?"),
		message: __("Its prices are kept until its last day and do not change any more."),
		action_label: __("Issue"),
		on_confirm: (button, error_area) =>
			command(`${API}issue_proforma`, { proforma: frm.doc.name }, { button, error_area }),
	});
	if (!agreed) return;
	await frm.reload_doc();
	frappe.show_alert({
		message: __("Issued as {0}", [code(frm.doc.proforma_no)]),
		indicator: "green",
	});
}

async function cancel(frm) {
	const reason = await confirm_reason({
		title: __("Cancel the proforma?"),
		action_label: __("Cancel the proforma"),
		on_confirm: (text, button, error_area) =>
			command(
				`${API}cancel_proforma`,
				{ proforma: frm.doc.name, reason: text },
				{ button, error_area }
			),
	});
	if (reason !== null) frm.reload_doc();
}

/** Called when a row is opened: the body areas of its service. */
export function open_row(frm, doctype, name) {
	show_areas(frm, "lines", doctype, name);
}

/** The prices of a draft as they are now, whenever a line changes: one call for all lines. */
export async function price(frm) {
	const lines = (frm.doc.lines || []).filter((row) => row.service);
	if (frm.doc.status !== "Draft" || !lines.length) return;
	frm.price_serial = (frm.price_serial || 0) + 1;
	const serial = frm.price_serial;
	const fields = ["service", "area", "quantity", "discount_percent", "discount_amount"];
	const asked = [...fields, "contract", "supplementary_contract", "practitioner"];
	try {
		const quotes = await call(
			"clinic_core.service_catalog.api.get_quotes",
			{
				lines: JSON.stringify(
					lines.map((row) => Object.fromEntries(asked.map((name) => [name, row[name]])))
				),
				patient: frm.doc.patient || null,
				branch: frm.doc.branch || null,
			},
			{ quiet: true }
		);
		if (serial === frm.price_serial) show_prices(frm, lines, quotes);
	} catch (error) {
		// While a line is being typed it may have no price yet; saving says what is wrong.
		if (serial === frm.price_serial)
			frm.dashboard.set_headline(frappe.utils.escape_html(error.message));
	}
}

const AMOUNTS = [
	"list_total",
	"contract_adjustment",
	"discount",
	"tax",
	"rounding",
	"insurer_share",
	"patient_share",
	"total",
];

function show_prices(frm, lines, quotes) {
	frm.dashboard.clear_headline();
	lines.forEach((row, at) => {
		for (const name of [...AMOUNTS, "list_price", "unit_price", "area_title"])
			row[name] = quotes[at][name];
	});
	for (const name of AMOUNTS) {
		frm.doc[name] = quotes.reduce((sum, quote) => sum + quote[name], 0);
		frm.refresh_field(name);
	}
	frm.refresh_field("lines");
}
