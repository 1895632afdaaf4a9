/* Block a file while a claim is checked, and lift the block: both say why (E010). */

import { command } from "../../kit/call.js";
import { dialog } from "../../kit/dialogs.js";
import { h } from "../../kit/dom.js";
import { control, field } from "../../kit/ui.js";

const API = "clinic_core.people.data_requests.api";

/** block_dialog({patient, full_name, is_blocked, on_done}). */
export function block_dialog({ patient, full_name, is_blocked, on_done }) {
	const reason = h("textarea", { class: "form-control", rows: 3, "aria-label": __("Reason") });
	const holder = h("div");
	const handler =
		!is_blocked &&
		control({ parent: holder, fieldtype: "Link", options: "User", fieldname: "handler" });
	return dialog({
		title: is_blocked ? __("Unblock {0}", [full_name]) : __("Block {0}", [full_name]),
		content: h(
			"div",
			{ class: "clinic-form" },
			!is_blocked &&
				h(
					"p",
					{ class: "text-muted" },
					__(
						"The file stays, but nobody finds it, books under it or writes to the person until the block is lifted."
					)
				),
			field({ label: __("Reason"), control: reason, required: true }),
			handler &&
				field({
					label: __("Handles the claim"),
					control: handler.element || holder,
					hint: __("May still open the file"),
				})
		),
		on_show: () => reason.focus(),
		primary: {
			label: is_blocked ? __("Unblock file") : __("Block file"),
			action: async (button, error_area) => {
				const args = { patient, reason: reason.value.trim() };
				if (handler)
					args.handler = (handler.get ? handler.get() : handler.get_value?.()) || null;
				const method = is_blocked ? "unblock_person" : "block_person";
				await command(`${API}.${method}`, args, { button, error_area });
				on_done?.();
			},
		},
	});
}
