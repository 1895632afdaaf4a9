/* Price lists as files: one to fill in, and what it says when it comes back. Nothing is saved on the way. */

import { call, clear_error, download, save_file, show_error } from "../../kit/call.js";
import { dialog } from "../../kit/dialogs.js";
import { fill, h } from "../../kit/dom.js";
import { money_unit } from "../../kit/boot.js";
import { number } from "../../kit/fmt.js";
import { menu } from "../../kit/menu.js";
import { toast } from "../../kit/toast.js";
import { button, skeleton } from "../../kit/ui.js";
import { read_json, values_of } from "./wishes.js";

const API = "clinic_core.service_catalog.price_updates.api";
const MOST_SHOWN = 100;
const PIECE = 0x8000;

/** “Download” and “Read” beside the table. */
export function file_buttons(frm) {
	return h(
		"div",
		{ class: "clinic-prices__files" },
		button({
			label: __("Price list to fill in"),
			icon: "down",
			on_click: (event) => choose_kind(frm, event.currentTarget),
		}),
		button({ label: __("Read a price list"), icon: "plus", on_click: () => read_dialog(frm) })
	);
}

function choose_kind(frm, anchor) {
	const take = (kind) =>
		download(
			`${API}.price_list`,
			{ values: values_of(frm), kind },
			`${__("Price list")}.${kind}`,
			{ button: anchor }
		).catch(() => {});
	menu(anchor, [
		{ label: __("Excel (xlsx)"), on_click: () => take("xlsx") },
		{ label: __("Text (csv)"), on_click: () => take("csv") },
	]);
}

function read_dialog(frm) {
	const result = h("div", { class: "clinic-prices__result", "aria-live": "polite" });
	const state = { answer: null };
	const input = h("input", {
		type: "file",
		class: "form-control",
		accept: ".xlsx,.csv,.txt,.tsv",
		"aria-label": __("Price list"),
		on_change: () => input.files[0] && take_file(frm, input.files[0], state, result, handle),
	});
	const handle = dialog({
		title: __("Read a price list"),
		content: h("div", { class: "clinic-form" }, explanation(), input, result),
		primary: { label: __("Take over the prices"), action: () => take_over(frm, state) },
	});
	handle.primary_button.disabled = true;
	return handle;
}

function explanation() {
	return h(
		"p",
		{ class: "text-muted" },
		__(
			"An .xlsx or .csv file with the column “New price” and one of “Code”, “Barcode” or “Service name”, in any order. Amounts are read in {0} unless the heading says another unit, as in “New price (Rial)”.",
			[money_unit().label]
		)
	);
}

async function take_file(frm, file, state, result, handle) {
	state.answer = null;
	handle.primary_button.disabled = true;
	clear_error(handle.error_area);
	fill(result, skeleton(1));
	try {
		const content = await as_base64(file);
		const args = { values: values_of(frm), content };
		state.answer = await call(`${API}.read_price_list`, args, { post: true, quiet: true });
		fill(result, summary(state.answer));
		handle.primary_button.disabled = !Object.keys(state.answer.prices).length;
	} catch (error) {
		fill(result);
		show_error(error, handle.error_area);
	}
}

async function as_base64(file) {
	const bytes = new Uint8Array(await file.arrayBuffer());
	let text = "";
	for (let at = 0; at < bytes.length; at += PIECE) {
		text += String.fromCharCode(...bytes.subarray(at, at + PIECE));
	}
	return btoa(text);
}

function summary(answer) {
	const count = Object.keys(answer.prices).length;
	const facts = [
		__("{0} new prices", [number(count)]),
		answer.blank && __("{0} rows without a new price", [number(answer.blank)]),
		__("read in {0}", [answer.unit]),
		answer.encoding === "windows-1256" && __("letters of Windows-1256"),
	];
	return [
		h("p", {}, h("strong", {}, facts.filter(Boolean).join(" · "))),
		answer.problems.length > 0 && problem_list(answer.problems),
	];
}

function problem_list(problems) {
	const rows = problems
		.slice(0, MOST_SHOWN)
		.map((problem) =>
			h(
				"tr",
				{},
				h("td", {}, number(problem.row)),
				h("td", { dir: "auto" }, problem.named || "—"),
				h("td", { dir: "auto" }, problem.text)
			)
		);
	const more = problems.length - rows.length;
	return h(
		"div",
		{ class: "clinic-prices__problems" },
		h(
			"p",
			{},
			__(
				"{0} rows cannot be used. Correct them in the file and choose it again, or go on without them.",
				[number(problems.length)]
			)
		),
		h(
			"div",
			{ class: "clinic-prices__problem-rows" },
			h(
				"table",
				{ class: "table table-sm" },
				h(
					"thead",
					{},
					h(
						"tr",
						{},
						[__("Row"), __("Service"), __("Problem")].map((text) => h("th", {}, text))
					)
				),
				h("tbody", {}, rows)
			)
		),
		more > 0 && h("p", { class: "text-muted" }, __("and {0} more", [number(more)])),
		button({ label: __("Download the problems"), on_click: () => save_problems(problems) })
	);
}

function save_problems(problems) {
	const lines = [
		[__("Row"), __("Service"), __("Problem")],
		...problems.map(({ row, named, text }) => [row, named, text]),
	];
	const content = lines.map((line) => line.map(as_cell).join(",")).join("\r\n");
	// The mark tells Excel that this is UTF-8.
	const blob = new Blob([`\ufeff${content}\r\n`], { type: "text/csv" });
	save_file(blob, `${__("Problems of the price list")}.csv`);
}

// Text that begins like a formula came from a foreign file: it stays text.
function as_cell(value) {
	const text = String(value);
	return `"${(/^\s*[=+\-@]/.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
}

async function take_over(frm, { answer }) {
	const overrides = { ...read_json(frm, "overrides", {}), ...answer.prices };
	if (answer.services.length) await frm.set_value("services", JSON.stringify(answer.services));
	await frm.set_value("overrides", JSON.stringify(overrides));
	frm.trigger("applies_to");
	const count = Object.keys(answer.prices).length;
	toast(__("{0} prices taken over. Look at the list, then save.", [number(count)]));
}
