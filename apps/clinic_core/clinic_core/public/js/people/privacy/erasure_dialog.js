/* What an erasure takes and leaves; asked for by one person, approved by another (E012). */

import { call, command } from "../../kit/call.js";
import { dialog } from "../../kit/dialogs.js";
import { h, icon } from "../../kit/dom.js";
import { list, number } from "../../kit/fmt.js";
import { field } from "../../kit/ui.js";

const API = "clinic_core.people.data_requests.api";

/** erasure_dialog({request, full_name, approve: whether this is the second person, on_done}). */
export async function erasure_dialog({ request, full_name, approve, on_done }) {
	const shown = await call(`${API}.preview_erasure`, { request });
	const typed = h("input", {
		class: "form-control",
		type: "text",
		dir: "auto",
		autocomplete: "off",
	});
	const refused = shown.refusals.length > 0;
	const frame = dialog({
		title: approve
			? __("Erase {0}", [full_name])
			: __("Ask for the erasure of {0}", [full_name]),
		size: "large",
		content: h(
			"div",
			{ class: "clinic-form clinic-erasure" },
			refused && refusals(shown.refusals),
			h(
				"div",
				{ class: "clinic-erasure__sides" },
				side(__("This goes"), shown.goes, true, [
					shown.files && __("Files: {0}", [number(shown.files)]),
					shown.said && __("Notes and messages: {0}", [number(shown.said)]),
					__("History of changes, search keys, mentions in logs"),
				]),
				side(__("This stays, without the person"), shown.stays, false, [
					__("Amounts, the ledger and its seals, receipts as the law wants them"),
				])
			),
			approve &&
				h(
					"div",
					{ class: "clinic-erasure__warning", role: "alert" },
					icon("alert", 16),
					h(
						"span",
						{},
						__(
							"This cannot be undone. Backups made before keep the person until they are rotated out."
						)
					)
				),
			approve &&
				!refused &&
				field({
					label: __("Type {0} to confirm", [shown.confirmation]),
					control: typed,
					required: true,
				})
		),
		on_show: () => approve && typed.focus(),
		primary: refused
			? null
			: {
					label: approve ? __("Erase for ever") : __("Ask for approval"),
					action: async (button, error_area) => {
						const method = approve ? "approve_erasure" : "ask_erasure";
						const args = approve ? { request, typed: typed.value } : { request };
						await command(`${API}.${method}`, args, { button, error_area });
						on_done?.();
					},
			  },
	});
	if (approve) frame.primary_button?.classList.replace("btn-primary", "btn-danger");
	return frame;
}

function refusals(texts) {
	return h(
		"div",
		{ class: "clinic-erasure__refusals", role: "alert" },
		h("b", {}, __("The person cannot be erased yet")),
		h(
			"ul",
			{},
			texts.map((text) => h("li", {}, text))
		)
	);
}

function side(title, rows, with_fields, more) {
	return h(
		"section",
		{ class: "clinic-erasure__side" },
		h("h5", {}, title),
		h(
			"ul",
			{},
			rows.map((row) =>
				h(
					"li",
					{},
					h("b", {}, `${row.title} (${number(row.count)})`),
					with_fields &&
						h(
							"div",
							{ class: "text-muted" },
							row.fields.length ? list(row.fields) : __("as a whole")
						)
				)
			),
			more.filter(Boolean).map((text) => h("li", {}, text))
		)
	);
}
