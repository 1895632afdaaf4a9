/* What can be done with an update: change the prices, take the change back, see the list of changes. */

import { command } from "../../kit/call.js";
import { confirm, confirm_reason } from "../../kit/dialogs.js";
import { h } from "../../kit/dom.js";
import { date, number } from "../../kit/fmt.js";
import { toast } from "../../kit/toast.js";
import { totals } from "./table.js";

const API = "clinic_core.service_catalog.price_updates.api";
const DOCTYPE = "Clinic Price Update";

/** The buttons of the form; `answer()` is a promise of the preview that is on screen. */
export function add_actions(frm, answer) {
	const { docstatus } = frm.doc;
	if (!docstatus && !frm.is_new() && !frm.is_dirty() && frm.perm[0]?.submit) {
		frm.page.set_primary_action(__("Change prices"), async () => submit(frm, await answer()));
	}
	if (docstatus === 1) {
		// Frappe's own Cancel would do the same without asking why.
		frm.page.clear_secondary_action();
		if (frm.perm[0]?.cancel) frm.add_custom_button(__("Revert prices"), () => revert(frm));
	}
	if (docstatus) {
		frm.add_custom_button(__("List of changes"), () =>
			frappe.set_route("query-report", "Clinic Price Changes", {
				price_update: frm.doc.name,
			})
		);
	}
}

/** A new update for these services, from the list of services; without any, an empty one. */
export function new_price_update(services = []) {
	// Not `frappe.new_doc`: it takes short values over only.
	frappe.model.with_doctype(DOCTYPE, () => {
		const doc = frappe.model.get_new_doc(DOCTYPE);
		if (services.length) {
			doc.applies_to = "Chosen Services";
			doc.services = JSON.stringify(services);
		}
		frappe.set_route("Form", DOCTYPE, doc.name);
	});
}

function submit(frm, answer) {
	const { valid_from } = frm.doc;
	const is_later = valid_from > frappe.datetime.get_today();
	const doubts = answer?.rows.filter((row) => row.doubts.length).length;
	const when = is_later
		? __("The new prices hold from {0} on. Until then the present ones stay.", [
				date(valid_from),
		  ])
		: __("The new prices hold at once, for every quote and reception from now on.");
	const message = [
		answer && h("strong", {}, totals(answer.totals)),
		h("p", {}, when),
		doubts > 0 &&
			h(
				"p",
				{ class: "text-danger" },
				__("{0} of them are marked to be checked.", [number(doubts)])
			),
	];
	return confirm({
		title: __("Change prices"),
		message,
		action_label: __("Change prices"),
		on_confirm: async (button, error_area) => {
			const done = await command(
				`${API}.submit`,
				{ update: frm.doc.name },
				{ button, error_area }
			);
			await frm.reload_doc();
			toast(__("{0} prices changed.", [number(done.changed)]), {
				about: frm.doc.name,
				action: { label: __("Revert"), on_click: () => revert(frm) },
			});
		},
	});
}

function revert(frm) {
	return confirm_reason({
		title: __("Revert prices"),
		hint: __(
			"The prices before hold again, from today on or from the day this update would begin."
		),
		action_label: __("Revert prices"),
		suggestions: [__("Wrong percent"), __("Wrong services"), __("Too early")],
		on_confirm: async (reason, button, error_area) => {
			const args = { update: frm.doc.name, reason };
			try {
				await finish(frm, args, { button, error_area });
			} catch (error) {
				// With nothing left to revert there is no choice to offer.
				if (error.status !== 409 || !error.data?.others) throw error;
				await leave_the_changed(frm, args, error);
			}
		},
	});
}

// Prices that were changed since: whether they may stay is the manager's to say.
async function leave_the_changed(frm, args, error) {
	const { changed, others } = error.data;
	const yes = await confirm({
		title: __("Prices have changed"),
		message: __("{0} were changed since. Leave them and revert the other {1}?", [
			clinic.fmt.list(changed.slice(0, 10)) + (changed.length > 10 ? " …" : ""),
			number(others),
		]),
		action_label: __("Revert the others"),
		on_confirm: (button, error_area) =>
			finish(frm, { ...args, leave_changed: 1 }, { button, error_area }),
	});
	if (!yes) throw error;
}

async function finish(frm, args, opts) {
	const done = await command(`${API}.revert`, args, opts);
	await frm.reload_doc();
	toast(
		done.left
			? __("Prices reverted; {0} were left as they are.", [number(done.left)])
			: __("Prices reverted."),
		{ about: frm.doc.name }
	);
}
