/* The calendar of a practitioner in a phone or another program, by a secret address (F14). */

import { call, command } from "../kit/call.js";
import { confirm, dialog } from "../kit/dialogs.js";
import { fill, h } from "../kit/dom.js";
import { datetime } from "../kit/fmt.js";
import { toast } from "../kit/toast.js";
import { button, skeleton } from "../kit/ui.js";

const API = "clinic_core.scheduling.feed.api";

/** feed_dialog(practitioner, title): make, copy, replace and take away the address. */
export function feed_dialog(practitioner, title) {
	const body = h("div", { class: "clinic-form" }, skeleton(1));
	const frame = dialog({
		title: __("Calendar feed of {0}", [title]),
		content: body,
		primary: { label: __("Close"), action: async () => true },
	});
	const view = { practitioner, body, error_area: frame.error_area };
	load(view);
	return frame;
}

async function load(view) {
	try {
		const state = await call(
			`${API}.feed_state`,
			{ practitioner: view.practitioner },
			{ quiet: true }
		);
		show(view, state, null);
	} catch (error) {
		fill(view.body, h("div", { class: "clinic-error" }, error.message));
	}
}

function show(view, state, address) {
	const about = __(
		"Add the address to the calendar of a phone or of Google, Outlook or Apple as a subscription. Whoever knows it reads the calendar, so treat it like a password."
	);
	fill(
		view.body,
		h("p", { class: "text-muted" }, about),
		address ? address_box(address) : said(state),
		h(
			"div",
			{ class: "clinic-chips" },
			button({
				label: state.is_on ? __("New address") : __("Make an address"),
				kind: state.is_on ? "quiet" : "primary",
				on_click: (event) => rotate(view, state, event.currentTarget),
			}),
			state.is_on &&
				button({
					label: __("Take the address away"),
					kind: "quiet",
					on_click: (event) => stop(view, event.currentTarget),
				})
		)
	);
}

function said({ is_on, rotated_at }) {
	if (!is_on) return h("p", {}, __("This calendar is not read from outside."));
	return h(
		"p",
		{},
		__("There is an address since {0}. It was shown once and cannot be shown again.", [
			datetime(rotated_at),
		])
	);
}

function address_box(address) {
	const box = h("input", {
		class: "form-control",
		readonly: true,
		value: address,
		dir: "ltr",
		"aria-label": __("Address"),
		on_click: () => box.select(),
	});
	return h(
		"div",
		{ class: "clinic-field" },
		h("label", { class: "clinic-field__label" }, __("Address")),
		h(
			"div",
			{ class: "clinic-address" },
			box,
			button({
				label: __("Copy"),
				kind: "primary",
				on_click: () => frappe.utils.copy_to_clipboard(address),
			})
		),
		h(
			"div",
			{ class: "clinic-field__hint" },
			__("It is shown this once: copy it now. Only its fingerprint is kept.")
		)
	);
}

async function rotate(view, state, pressed) {
	const sure =
		!state.is_on ||
		(await confirm({
			title: __("New address"),
			message: __("The old address stops working at once."),
			action_label: __("New address"),
		}));
	if (!sure) return;
	const args = { practitioner: view.practitioner };
	const made = await command(`${API}.rotate_feed`, args, {
		button: pressed,
		error_area: view.error_area,
	});
	show(view, { is_on: true, rotated_at: made.rotated_at }, made.address);
}

async function stop(view, pressed) {
	const args = { practitioner: view.practitioner };
	await command(`${API}.stop_feed`, args, { button: pressed, error_area: view.error_area });
	toast(__("The address opens nothing any more."));
	load(view);
}
