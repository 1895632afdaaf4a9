/* Who saw a patient's file (N3), for who may read the log of views. */

import { call, show_error } from "../../kit/call.js";
import { dialog } from "../../kit/dialogs.js";
import { fill, h } from "../../kit/dom.js";
import { datetime, digits } from "../../kit/fmt.js";
import { empty, skeleton, tag } from "../../kit/ui.js";

const WHO_SAW = "clinic_core.people.access_log.api.who_saw";
const PAGE = 30;
const TONES = {
	View: "info",
	Search: "neutral",
	Print: "warning",
	Export: "danger",
	Identity: "danger",
	File: "accent",
};

export function views_dialog({ patient, full_name }) {
	const list = h("div", { class: "clinic-views" }, skeleton(3));
	const frame = dialog({
		title: __("Who saw the file of {0}", [full_name]),
		size: "large",
		content: list,
		secondary: {
			label: __("Open the report"),
			action: (handle) => {
				handle.hide();
				frappe.set_route("query-report", "Clinic Access Log", { patient });
			},
		},
	});
	load(list, patient, [], frame.error_area);
}

async function load(list, patient, before, error_area) {
	try {
		const args = { patient, start: before.length, page_length: PAGE };
		const { rows, has_more } = await call(WHO_SAW, args, { quiet: true });
		const all = [...before, ...rows];
		const more = h(
			"button",
			{
				class: "btn btn-default btn-sm",
				on_click: () => load(list, patient, all, error_area),
			},
			__("Older ones")
		);
		fill(list, all.length ? table(all) : nobody(), has_more && more);
	} catch (error) {
		fill(list);
		show_error(error, error_area);
	}
}

const nobody = () => empty({ icon: "user", title: __("Nobody has opened this file yet.") });

function table(rows) {
	const head = [__("When"), __("Who"), __("What", null, "Clinic Access Log"), __("Through")];
	return h(
		"table",
		{ class: "clinic-views__table" },
		h(
			"thead",
			{},
			h(
				"tr",
				{},
				head.map((text) => h("th", { scope: "col" }, text))
			)
		),
		h("tbody", {}, rows.map(line))
	);
}

function line(row) {
	const where = [row.through, row.document_type].filter(Boolean).join(" · ");
	return h(
		"tr",
		{},
		h("td", {}, datetime(row.at)),
		h(
			"td",
			{},
			row.full_name,
			row.role && h("div", { class: "clinic-views__role" }, row.role)
		),
		h("td", {}, tag({ text: row.what_label, tone: TONES[row.what] || "neutral" })),
		h(
			"td",
			{},
			where,
			row.details && h("div", { class: "clinic-views__role" }, digits(row.details))
		)
	);
}
