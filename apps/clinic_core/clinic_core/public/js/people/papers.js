/* The papers of a patient (E144): a list with previews, and keeping a new one. */

import { command } from "../kit/call.js";
import { dialog } from "../kit/dialogs.js";
import { h } from "../kit/dom.js";
import { date } from "../kit/fmt.js";
import { toast } from "../kit/toast.js";
import { control, field } from "../kit/ui.js";
import { text_input } from "../controls/inputs.js";
import { file_input } from "./file_input.js";
import { kept_panel } from "./kept_panel.js";

const DOCTYPE = "Clinic Patient Document";
const ADD = "clinic_core.people.documents.api.add_document";
const ACCEPT = ".pdf,.jpg,.jpeg,.png,.webp,.docx,.xlsx,.doc,.xls,.txt,.csv,.dcm";
const KINDS = [
	"Identity Document",
	"Insurance Card",
	"Referral Letter",
	"Lab Result",
	"Imaging",
	"Prescription",
	"Report",
	"Consent",
	"Contract",
	"Other",
];

/** papers_panel(patient) → element; `null` for who may see none. */
export const papers_panel = (patient) =>
	kept_panel({
		patient,
		doctype: DOCTYPE,
		fields: ["name", "title", "kind", "date", "file", "thumbnail"],
		order_by: "date desc, creation desc",
		css: "clinic-papers",
		none: { icon: "print", title: __("No documents yet") },
		draw: (rows) => rows.map(paper),
		add: { label: __("Add document"), open: paper_dialog },
	});

function paper(row) {
	const extension = (row.file || "").split(".").pop().toUpperCase();
	const preview = row.thumbnail
		? h("img", { src: row.thumbnail, alt: "", loading: "lazy" })
		: h("span", { class: "clinic-paper__kind" }, extension);
	return h(
		"div",
		{ class: "clinic-paper" },
		h(
			"a",
			{ class: "clinic-paper__preview", href: row.file, target: "_blank", rel: "noopener" },
			preview
		),
		h("a", { href: frappe.utils.get_form_link(DOCTYPE, row.name) }, row.title),
		h(
			"small",
			{ class: "text-muted" },
			[__(row.kind), row.date && date(row.date, { short: true })].filter(Boolean).join(" · ")
		)
	);
}

function paper_dialog({ patient, on_done }) {
	const kind = control({
		fieldtype: "Select",
		fieldname: "kind",
		options: KINDS.map((value) => ({ value, label: __(value) })),
		value: "Other",
	});
	const title = text_input({ label: __("Title") });
	const day = control({
		fieldtype: "Date",
		fieldname: "date",
		value: frappe.datetime.get_today(),
	});
	const note = text_input({ label: __("Note") });
	const file = file_input({
		accept: ACCEPT,
		on_change: (chosen) => {
			if (chosen && !title.get()) title.set(chosen.name.replace(/\.[^.]+$/, ""));
		},
	});
	return dialog({
		title: __("New document"),
		content: h(
			"div",
			{ class: "clinic-form" },
			field({
				label: __("File"),
				control: file.element,
				required: true,
				hint: __("PDF, picture or office document, at most 10 MB"),
			}),
			h(
				"div",
				{ class: "clinic-row" },
				field({ label: __("Kind"), control: kind.element }),
				field({ label: __("Date"), control: day.element })
			),
			field({ label: __("Title"), control: title.element, required: true }),
			field({ label: __("Note"), control: note.element })
		),
		primary: {
			label: __("Save"),
			action: async (button, error_area) => {
				const sent = await file.read();
				if (!title.get()) throw new Error(__("Please write a title."));
				const args = {
					patient,
					kind: kind.get_value(),
					title: title.get(),
					date: day.get_value() || null,
					note: note.get() || null,
					...sent,
				};
				await command(ADD, args, { button, error_area });
				toast(__("The document is saved."));
				on_done?.();
			},
		},
	});
}
