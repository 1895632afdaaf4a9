/* The form of a merge: what moved, what was chosen, and the way back (N6). */

import { call, command } from "../../kit/call.js";
import { confirm, confirm_reason } from "../../kit/dialogs.js";
import { fill, h } from "../../kit/dom.js";
import { number } from "../../kit/fmt.js";
import { toast } from "../../kit/toast.js";

const DETAILS = "clinic_core.people.merging.api.merge_details";
const UNDO = "clinic_core.people.api.undo_merge";

/** Fill the form of a merge and give it its button. */
export async function show_record(frm) {
	frm.page.set_indicator(__(frm.doc.status), frm.doc.status === "Done" ? "green" : "gray");
	frm.disable_save();
	if (frm.doc.status === "Done" && frappe.model.can_write("Clinic Patient Merge")) {
		frm.add_custom_button(__("Undo merge"), () =>
			undo_dialog(frm.doc, () => frm.reload_doc())
		);
	}
	frm.add_custom_button(__("Show the merged file"), () => open_tombstone(frm.doc.duplicate));
	const holder = frm.get_field("moved_html")?.$wrapper[0];
	if (!holder) return;
	const { moved, changed } = await call(DETAILS, { merge: frm.doc.name }, { quiet: true });
	fill(
		holder,
		h(
			"p",
			{},
			moved.map((row) => `${row.label}: ${number(row.count)}`).join(" · ") || __("Nothing")
		),
		changed.length > 0 &&
			h(
				"ul",
				{},
				changed.map((row) =>
					h(
						"li",
						{},
						`${row.label}: `,
						h("bdi", {}, row.old || "–"),
						" → ",
						h("bdi", {}, row.new || "–")
					)
				)
			)
	);
}

/** Open a merged file itself, where a click on its name leads to the kept one. */
export function open_tombstone(patient) {
	tombstones.add(patient);
	frappe.set_route("Form", "Clinic Patient", patient);
}

const tombstones = new Set();

/** Lead from a merged file to the one that is kept; false when somebody wants to see the merged one. */
export function leave_tombstone(frm) {
	const { name, full_name, merged_into } = frm.doc;
	if (tombstones.has(name) || !merged_into) return false;
	toast(__("{0} was merged into this file.", [full_name]), {
		kind: "info",
		action: { label: __("Show the merged file"), on_click: () => open_tombstone(name) },
	});
	frappe.set_route("Form", "Clinic Patient", merged_into);
	return true;
}

/** Ask why, undo; what happened since is told, and a manager may undo the rest. */
export function undo_dialog(merge, on_done) {
	return confirm_reason({
		title: __("Undo the merge of {0}", [merge.duplicate_name]),
		hint: __("Everything that moved goes back to the file it came from."),
		action_label: __("Undo merge"),
		on_confirm: async (reason, button, error_area) => {
			const answer = await undo(merge.name, reason, 0, {
				button,
				error_area,
				quiet: true,
			}).catch((error) => rest(merge.name, reason, error));
			if (!answer) return;
			toast(__("The merge is undone, {0} documents went back.", [number(answer.restored)]), {
				kind: "success",
			});
			on_done?.(answer);
		},
	});
}

const undo = (merge, reason, partial, opts) => command(UNDO, { merge, reason, partial }, opts);

async function rest(merge, reason, error) {
	if (!error.data?.partial || !frappe.user.has_role("Clinic Manager")) throw error;
	let answer = null;
	await confirm({
		title: __("Something new has happened"),
		message: error.message,
		action_label: __("Undo the rest"),
		on_confirm: async (button, error_area) => {
			answer = await undo(merge, reason, 1, { button, error_area });
		},
	});
	return answer;
}
