/* Copy a contract into its next period, with prices changed by a percent. */

import { command } from "../../kit/call.js";
import { dialog } from "../../kit/dialogs.js";
import { h } from "../../kit/dom.js";
import { date } from "../../kit/fmt.js";
import { toast } from "../../kit/toast.js";
import { control, field } from "../../kit/ui.js";
import { money_input, number_input, text_input } from "../../controls/inputs.js";
import { next_period, whole_year } from "./dates.js";

const RENEW = "clinic_core.service_catalog.price_levels.api.renew_contract";

/** Open the dialog for a saved contract; goes to the new one when it is made. */
export function renew(frm) {
	const year = whole_year(1);
	const proposed = next_period(frm.doc.valid_from, frm.doc.valid_to);
	const title = text_input({ value: frm.doc.title, label: __("Title") });
	const from = day(__("Valid from"), proposed.from || year.from);
	const to = day(__("Valid to"), proposed.to || year.to);
	const percent = number_input({ value: 0, label: __("Change in percent") });
	const step = money_input({ value: 1000, label: __("Round to") });
	dialog({
		title: __("Renew {0}", [frm.doc.title]),
		content: [
			h("p", { class: "text-muted" }, explain(frm.doc)),
			field({ label: __("Title"), control: title.element, required: true }),
			from.element,
			to.element,
			field({
				label: __("Change in percent"),
				control: percent.element,
				hint: __("Of fixed prices, insurer amounts and K; 0 keeps them, 20 adds a fifth."),
			}),
			field({ label: __("Round to"), control: step.element }),
		],
		primary: {
			label: __("Renew"),
			action: async (button, error_area) => {
				const args = {
					contract: frm.doc.name,
					title: title.get(),
					valid_from: from.get(),
					valid_to: to.get(),
					percent: percent.get() ?? 0,
					step: step.get() || 1,
				};
				const made = await command(RENEW, args, { button, error_area });
				toast(__("{0} is ready for the next period.", [made.title]));
				frappe.set_route("Form", "Clinic Service Contract", made.contract);
			},
		},
		on_show: () => percent.focus(),
	});
}

function explain(doc) {
	if (doc.valid_to) return __("This one stays as it is and ends on {0}.", [date(doc.valid_to)]);
	return __("This one will end on the day before the new one begins.");
}

// A date box with the day in the user's calendar under it.
function day(label, value) {
	const shown = h("div", { class: "clinic-field__hint" });
	const say = (chosen) => (shown.textContent = chosen ? date(chosen) : "");
	const box = control({ fieldtype: "Date", label, value, on_change: say });
	say(value);
	return { element: h("div", {}, box.element, shown), get: () => box.get_value() };
}
