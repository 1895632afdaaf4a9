/* The form of a contract: its state, its actions, quick dates, and what its rows may hold. */

import { date } from "../../kit/fmt.js";
import { show_areas } from "../areas_of_row.js";
import { departments, service } from "../pickers.js";
import { add_services } from "./add_services.js";
import { show_covered } from "./covered.js";
import { state_of, whole_year } from "./dates.js";
import { renew } from "./renew.js";
import { try_contract } from "./try_it.js";

/** Called by the form's `setup`. */
export function set_up(frm) {
	frm.set_query("insurer", () => ({ filters: { is_active: 1, kind: ["in", kinds(frm.doc)] } }));
	frm.set_query("service", "items", () => ({ filters: { status: "Active" } }));
	frm.set_query("department", "items", () => ({ filters: { is_active: 1 } }));
}

// Figures that a row has no use for are left out of the table.
function hide_unused_figures(frm) {
	const shown_if = {
		amount: (row) => row.pricing_method === "Fixed Price",
		percent_of_list: (row) => row.pricing_method === "Percent of List",
		insurer_percent: (row) => row.share_method === "Percent",
	};
	for (const [name, is_used] of Object.entries(shown_if)) {
		const formatter = (value, df, options, row) =>
			row && !is_used(row)
				? ""
				: frappe.format(value, { ...df, formatter: null }, options, row);
		frm.fields_dict.items.grid.update_docfield_property(name, "formatter", formatter);
	}
}

/** Called by the form's `refresh`. */
export function refresh(frm) {
	say_days(frm);
	follow_kind(frm);
	hide_unused_figures(frm);
	const may_write = frm.perm[0]?.write;
	if (may_write) {
		frm.add_custom_button(__("Add services…"), () => add_services(frm));
		for (const offset of [0, 1]) add_year(frm, whole_year(offset));
	}
	if (frm.is_new()) return;
	const state = state_of(frm.doc);
	frm.page.set_indicator(state.label, state.colour);
	frm.add_custom_button(__("Covered services"), () => covered(frm));
	frm.add_custom_button(__("Try it"), () => saved(frm) && try_contract(frm));
	frm.add_custom_button(__("Prices so far"), () =>
		frappe.set_route("List", "Clinic Service Price", { contract: frm.doc.name })
	);
	if (may_write) frm.add_custom_button(__("Renew"), () => renew(frm));
}

function add_year(frm, year) {
	frm.add_custom_button(
		__("Year {0}", [year.label]),
		() => frm.set_value({ valid_from: year.from, valid_to: year.to }),
		__("Validity")
	);
}

function covered(frm) {
	if (saved(frm)) show_covered(frm.doc.name, frm.doc.title);
}

function saved(frm) {
	if (!frm.is_dirty()) return true;
	frappe.show_alert({ message: __("Save the contract first."), indicator: "orange" });
	return false;
}

/** The day in the user's calendar under each date. */
export function say_days(frm) {
	for (const name of ["valid_from", "valid_to"]) {
		const value = frm.doc[name];
		const empty = name === "valid_to" ? __("Empty: until further notice") : "";
		frm.set_df_property(name, "description", value ? date(value) : empty);
	}
}

/** Fields that only an insurer or a company has stand where there is one. */
export function follow_kind(frm) {
	const has_payer = ["Insurer", "Corporate"].includes(frm.doc.kind);
	frm.toggle_display("share_section", has_payer);
	const grid = frm.fields_dict.items.grid;
	for (const name of ["share_section", "share_method", "insurer_percent"]) {
		grid.toggle_display?.(name, has_payer);
	}
	if (!has_payer && frm.doc.insurer) frm.set_value("insurer", null);
	if (frm.doc.kind !== "Insurer" && frm.doc.is_supplementary)
		frm.set_value("is_supplementary", 0);
}

function kinds(doc) {
	if (doc.kind === "Corporate") return ["Company"];
	return doc.is_supplementary
		? ["Supplementary Insurer"]
		: ["Basic Insurer", "Supplementary Insurer"];
}

/** What a group row covers, in the table. */
export async function group_changed(frm, doctype, name) {
	const row = frappe.get_doc(doctype, name);
	let title = "";
	if (row.applies_to === "Department" && row.department) {
		const known = (await departments()).find((one) => one.name === row.department);
		title = known?.title || row.department;
	} else if (row.applies_to === "Code" && row.code_prefix) title = `${row.code_prefix}…`;
	frappe.model.set_value(doctype, name, "target_title", title);
}

/** Called when a row is opened: the body areas of its service. */
export function open_row(frm, doctype, name) {
	show_areas(frm, "items", doctype, name);
}

/** A new service has other areas. */
export function service_changed(frm, doctype, name) {
	frappe.model.set_value(doctype, name, { area: "", target_title: "" });
	method_changed(frm, doctype, name);
	show_areas(frm, "items", doctype, name);
}

/** A fixed price begins with the price of the list, a percent with the whole of it. */
export async function method_changed(frm, doctype, name) {
	const row = frappe.get_doc(doctype, name);
	if (row.pricing_method === "Percent of List" && !row.percent_of_list) {
		frappe.model.set_value(doctype, name, "percent_of_list", 100);
	}
	if (row.pricing_method !== "Fixed Price" || row.amount || !row.service) return;
	const found = await service(row.service).catch(() => null);
	if (found && !row.amount) frappe.model.set_value(doctype, name, "amount", found.amount);
}
