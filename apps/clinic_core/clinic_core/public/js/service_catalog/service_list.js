/* The list of services: active and inactive apart with their numbers, export, ways on (A32, A49, A51). */

import { call } from "../kit/call.js";
import { above_list, list_filters, remember_titles, set_list_filter } from "../kit/compat.js";
import { fill, h } from "../kit/dom.js";
import { number } from "../kit/fmt.js";
import { dialog } from "../kit/dialogs.js";
import { segmented } from "../kit/ui.js";
import { departments } from "./pickers.js";
import { new_price_update } from "./price_update/actions.js";
import { suggested_services } from "./suggestions/dialog.js";

const DOCTYPE = "Clinic Service";
const EXPORT = "/api/method/clinic_core.service_catalog.api.export_services";
const COUNTS = "frappe.desk.listview.get_group_by_count";
const LONGEST_ADDRESS = 4000;

const parts = new WeakMap();

/** Reports show departments by their titles as lists do. Called when the list's script is loaded. */
export function show_titles() {
	departments().then(
		(rows) => remember_titles("Clinic Department", rows),
		() => {}
	);
}

/** Called once when the list is made. */
export function start(list) {
	const bar = h("div", { class: "clinic-list-tabs" });
	above_list(list, bar);
	parts.set(list, { bar, counts: {} });
	add_menu(list);
	draw(list);
}

function add_menu(list) {
	const may_write = frappe.model.can_write(DOCTYPE);
	const add = (label, action) => list.page.add_menu_item(label, action, true);
	if (frappe.model.can_export(DOCTYPE)) {
		list.page.add_inner_button(__("Export to file"), () => export_dialog(list));
	}
	if (frappe.model.can_create(DOCTYPE)) {
		list.page.add_inner_button(__("Suggested services"), () =>
			suggested_services({ on_done: () => list.refresh() })
		);
	}
	if (frappe.model.can_create("Clinic Price Update")) {
		list.page.add_inner_button(__("Price update"), () =>
			new_price_update(list.get_checked_items(true))
		);
	}
	if (may_write) {
		list.page.add_inner_button(__("Arrange"), () =>
			frappe.set_route("clinic-arrange-services")
		);
	}
	add(__("All columns"), () => frappe.set_route("List", DOCTYPE, "Report", "Clinic Services"));
	add(__("Session services"), () =>
		frappe.set_route("List", DOCTYPE, "Report", "Clinic Session Services")
	);
	add(__("Gallery"), () => frappe.set_route("List", DOCTYPE, "Image"));
}

/** Called after each fetch: the numbers follow the other filters. */
export async function refresh(list) {
	if (!parts.has(list)) return;
	draw(list);
	const filters = list_filters(list).filter((row) => row[1] !== "status");
	try {
		const rows = await call(
			COUNTS,
			{ doctype: DOCTYPE, current_filters: filters, field: "status" },
			{ quiet: true }
		);
		const counts = Object.fromEntries(rows.map((row) => [row.name, row.count]));
		parts.get(list).counts = counts;
	} catch (error) {
		// The list itself says what is wrong; its tabs just have no numbers.
		parts.get(list).counts = {};
	}
	draw(list);
}

function draw(list) {
	const { bar, counts } = parts.get(list);
	const known = Object.keys(counts).length > 0;
	const shown = (label, count) => (known ? `${label} (${number(count)})` : label);
	const active = counts.Active || 0;
	const inactive = counts.Inactive || 0;
	fill(
		bar,
		segmented({
			label: __("Status"),
			value: status_of(list),
			options: [
				{ value: "Active", label: shown(__("Active", null, DOCTYPE), active) },
				{ value: "Inactive", label: shown(__("Inactive", null, DOCTYPE), inactive) },
				{ value: "", label: shown(__("All"), active + inactive) },
			],
			on_change: (value) => set_list_filter(list, "status", value),
		})
	);
}

function status_of(list) {
	const row = list_filters(list).find((filter) => filter[1] === "status");
	return row && row[2] === "=" ? row[3] : row ? null : "";
}

/** The cell that tells courses from single visits. */
export function sessions_cell(value, doc) {
	const text = value ? __("{0} sessions", [number(doc.session_count)]) : "—";
	return `<span class="${value ? "" : "text-muted"}">${frappe.utils.escape_html(text)}</span>`;
}

function export_dialog(list) {
	let kind = "xlsx";
	const choice = segmented({
		label: __("File type"),
		value: kind,
		options: [
			{ value: "xlsx", label: __("Excel (xlsx)") },
			{ value: "csv", label: __("Text (csv)") },
		],
		on_change: (value) => (kind = value),
	});
	dialog({
		title: __("Export services"),
		size: "small",
		content: h(
			"div",
			{ class: "clinic-form" },
			h(
				"p",
				{},
				__("All services that the list shows now, with every column, on all pages.")
			),
			choice
		),
		primary: {
			label: __("Download"),
			action: async () => download(kind, list_filters(list)),
		},
	});
}

async function download(kind, filters) {
	const body = new URLSearchParams({ file_type: kind, filters: JSON.stringify(filters) });
	const long = body.toString().length > LONGEST_ADDRESS;
	const headers = { "X-Frappe-CSRF-Token": frappe.csrf_token || "" };
	const answer = await (long
		? fetch(EXPORT, { method: "POST", body, headers })
		: fetch(`${EXPORT}?${body}`));
	if (!answer.ok) throw new Error(__("The file could not be made. Please try again."));
	const named = /filename="?([^";]+)/.exec(answer.headers.get("Content-Disposition") || "");
	const link = h("a", { href: URL.createObjectURL(await answer.blob()) });
	link.download = named?.[1] || `services.${kind}`;
	link.click();
	setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
