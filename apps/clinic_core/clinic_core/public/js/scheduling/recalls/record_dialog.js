/* What a recall's call came to, and what comes next; booking goes through the booking dialog (F50). */

import { command } from "../../kit/call.js";
import { dialog } from "../../kit/dialogs.js";
import { h } from "../../kit/dom.js";
import { date, number } from "../../kit/fmt.js";
import { toast } from "../../kit/toast.js";
import { control, field, segmented } from "../../kit/ui.js";
import { marks_strip } from "../../people/marks.js";
import { service } from "../../service_catalog/pickers.js";
import { text_input } from "../../controls/inputs.js";
import { book_dialog } from "../book_dialog.js";

const API = "clinic_core.scheduling.recalls.api";
const DOCTYPE = "Clinic Recall";

/** recall_dialog(row of Clinic Recall, {on_done}): outcome and next day, or a booking. */
export function recall_dialog(row, { on_done } = {}) {
	let outcome = "Reached";
	const next = control({ fieldtype: "Date" });
	const next_field = field({
		label: __("Call again on"),
		control: next.element,
		hint: __("Empty: as the rule says"),
	});
	const choice = segmented({
		label: __("Outcome"),
		value: outcome,
		options: [
			{ value: "Reached", label: __("Reached", null, DOCTYPE) },
			{ value: "Not Reached", label: __("Not Reached", null, DOCTYPE) },
			{ value: "Declined", label: __("Declined", null, DOCTYPE) },
			{ value: "Not Needed", label: __("Not Needed", null, DOCTYPE) },
		],
		on_change: (value) => {
			outcome = value;
			next_field.hidden = !["Reached", "Not Reached"].includes(value);
		},
	});
	const note = text_input({ label: __("Note"), value: row.note || "" });
	return dialog({
		title: __("Recall of {0}", [row.patient_name]),
		content: h(
			"div",
			{ class: "clinic-form" },
			marks_strip(row.patient),
			about(row),
			field({ label: __("What did the call come to?"), control: choice }),
			next_field,
			field({ label: __("Note"), control: note.element })
		),
		primary: {
			label: __("Save"),
			action: async (button, error_area) => {
				const args = {
					recall: row.name,
					outcome,
					next_on: next_field.hidden ? null : next.get_value() || null,
					note: note.get(),
				};
				const made = await command(`${API}.record`, args, { button, error_area });
				toast(said(made));
				on_done?.(made);
			},
		},
		secondary: {
			label: __("Book an appointment"),
			action: (handle) => {
				handle.hide();
				book_recall(row, { on_done });
			},
		},
	});
}

/** The booking dialog for a recall: with whom he was last. */
export function book_recall(row, { on_done } = {}) {
	return book_dialog({
		patient: row.patient,
		full_name: row.patient_name,
		service: row.service,
		practitioner: row.practitioner || null,
		args: { origin_doctype: DOCTYPE, origin_name: row.name },
		on_done,
	});
}

// A row of the list knows the code of the service only; its name comes a moment later.
function about(row) {
	const name = h("bdi", {}, row.service_name || "");
	if (!row.service_name) title_of(row.service).then((title) => (name.textContent = title));
	const parts = [__("due on {0}", [date(row.due_on)])];
	if (row.attempts) parts.push(__("{0} calls so far", [number(row.attempts)]));
	return h("p", { class: "text-muted" }, name, ` · ${parts.join(" · ")}`);
}

const title_of = (name) =>
	service(name).then(
		(row) => row?.service_name || name,
		() => name
	);

function said(made) {
	if (made.next_on) return __("Saved; the next call is on {0}.", [date(made.next_on)]);
	return __("Saved; nothing more is to be done.");
}
