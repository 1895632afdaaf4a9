/* First step: choose what is imported, hand over the file; below it the imports so far. */

import { command, show_error } from "../../kit/call.js";
import { h, icon } from "../../kit/dom.js";
import { datetime, number } from "../../kit/fmt.js";
import { badge, empty } from "../../kit/ui.js";
import { API } from "./page.js";

export function start_step(page, { kinds, recent }) {
	const error_area = h("div", { class: "clinic-error", hidden: true });
	const group = (title, hint, rows) =>
		rows.length
			? h(
					"section",
					{},
					h("h3", { class: "clinic-import__title" }, title),
					h("p", { class: "clinic-import__hint" }, hint),
					h(
						"div",
						{ class: "clinic-import__kinds" },
						rows.map((kind) => kind_card(page, kind, error_area))
					)
			  )
			: null;
	return [
		error_area,
		group(
			__("Patients and services"),
			__("An Excel (.xlsx) or CSV file. Nothing is stored before you have seen it."),
			kinds.filter((kind) => !kind.is_go_live)
		),
		group(
			__("Going live"),
			__(
				"What the old system knows on the day you change over. Bring the patients in first."
			),
			kinds.filter((kind) => kind.is_go_live)
		),
		h(
			"section",
			{},
			h("h3", { class: "clinic-import__title" }, __("Imports so far")),
			recent.length
				? recent_list(page, recent)
				: empty({
						icon: "plus",
						title: __("Nothing was imported yet"),
						hint: __("Choose above what you want to bring in."),
				  })
		),
	];
}

function kind_card(page, kind, error_area) {
	const choose = h("input", {
		type: "file",
		accept: ".xlsx,.csv,.txt,.tsv",
		hidden: true,
		data: { kind: kind.kind },
		on_change: () => choose.files[0] && begin(page, kind.kind, choose, error_area),
	});
	return h(
		"article",
		{
			class: "clinic-import__kind",
			data: { kind: kind.kind },
			on_dragover: (event) => event.preventDefault(),
			on_drop: (event) => {
				event.preventDefault();
				const file = event.dataTransfer.files[0];
				if (file) upload(page, { kind: kind.kind, file, error_area });
			},
		},
		h("h4", {}, kind.label),
		h("p", { class: "clinic-import__hint" }, kind.hint),
		h(
			"div",
			{ class: "clinic-import__actions" },
			h(
				"button",
				{ class: "btn btn-primary btn-sm clinic-btn", on_click: () => choose.click() },
				icon("plus", 15),
				h("span", {}, __("Choose a file"))
			),
			h(
				"a",
				{
					class: "btn btn-default btn-sm",
					href: `/api/method/${API}.template?kind=${encodeURIComponent(kind.kind)}`,
				},
				__("Empty file with headings")
			)
		),
		choose
	);
}

async function begin(page, kind, input, error_area) {
	const [file] = input.files;
	await upload(page, { kind, file, error_area });
	input.value = "";
}

/** Upload a file as a private one and open the draft that is made of it. */
export async function upload(page, { kind, file, error_area, corrects = null }) {
	error_area.hidden = true;
	page.root.classList.add("clinic-import--busy");
	try {
		const file_url = await send(file);
		const { name } = await command(
			`${API}.begin`,
			{ kind, file_url, corrects },
			{ error_area }
		);
		page.open(name);
	} catch (error) {
		if (error_area.hidden) show_error(error, error_area);
		error_area.scrollIntoView({ block: "nearest" });
	} finally {
		page.root.classList.remove("clinic-import--busy");
	}
}

const MB = 1024 * 1024;

function refuse_large(file) {
	const most = frappe.boot.max_file_size;
	if (!most || file.size <= most) return;
	throw new Error(
		__(
			"The file has {0} MB, and this server takes {1} MB. Bring it in parts, or ask whoever runs the server to raise “max_file_size” in site_config.json.",
			[number(Math.ceil(file.size / MB)), number(Math.floor(most / MB))]
		)
	);
}

async function send(file) {
	refuse_large(file);
	const form = new FormData();
	form.append("file", file, file.name);
	form.append("is_private", "1");
	form.append("folder", "Home");
	const answer = await fetch("/api/method/upload_file", {
		method: "POST",
		body: form,
		headers: { Accept: "application/json", "X-Frappe-CSRF-Token": frappe.csrf_token || "" },
	});
	const data = await answer.json().catch(() => ({}));
	if (!answer.ok || !data.message?.file_url) {
		const said = answer.status === 413 ? __("The file is too large for this server.") : null;
		throw new Error(said || server_words(data) || __("The file could not be uploaded."));
	}
	return data.message.file_url;
}

function server_words(data) {
	try {
		const [first] = JSON.parse(data._server_messages || "[]");
		return new DOMParser().parseFromString(JSON.parse(first).message, "text/html").body
			.textContent;
	} catch (error) {
		return null;
	}
}

function recent_list(page, rows) {
	return h(
		"table",
		{ class: "clinic-import__table" },
		h(
			"thead",
			{},
			h(
				"tr",
				{},
				[
					__("Import"),
					__("When"),
					__("Rows"),
					__("Created"),
					__("Updated"),
					__("With errors"),
					__("Status"),
				].map((title) => h("th", {}, title))
			)
		),
		h(
			"tbody",
			{},
			rows.map((row) =>
				h(
					"tr",
					{},
					h(
						"td",
						{},
						h(
							"button",
							{ class: "btn btn-link", on_click: () => page.open(row.name) },
							`${row.kind_label} – ${row.file_name}`
						)
					),
					h("td", {}, datetime(row.creation)),
					h("td", {}, number(row.row_count)),
					h("td", {}, number(row.created_count)),
					h("td", {}, number(row.updated_count)),
					h("td", {}, number(row.failed_count)),
					h("td", {}, badge(row.status, row.is_silent ? lost : {}))
				)
			)
		)
	);
}

export const lost = {
	tone: "warning",
	get label() {
		return __("Interrupted");
	},
};
