/*
 * F2 opens the find box anywhere in the desk: one key that is the same on a Persian keyboard, that no
 * browser and no Frappe uses. Beside it a button in the bar at the top; where the desk has no bar (16) or
 * the screen is touched, one that floats.
 */

import { beside_search } from "../../kit/compat.js";
import { h, icon } from "../../kit/dom.js";
import { open_find } from "./find_box.js";

export const FIND_KEY = "F2";

export function install() {
	window.addEventListener("keydown", on_key, true);
	// Frappe's own list of shortcuts (Shift + /) names it; the key itself is ours, by its place.
	frappe.ui.keys?.add_shortcut?.({
		shortcut: "f2",
		action: () => open_find(),
		description: __("Find a patient"),
		ignore_inputs: true,
	});
	$(document).on("toolbar_setup", () => setTimeout(show_button));
}

function on_key(event) {
	if (
		event.code !== FIND_KEY ||
		event.ctrlKey ||
		event.altKey ||
		event.metaKey ||
		event.shiftKey
	)
		return;
	if (event.repeat || !frappe.model?.can_read?.("Clinic Patient")) return;
	event.preventDefault();
	event.stopImmediatePropagation();
	open_find();
}

function show_button() {
	if (document.querySelector(".clinic-find-button") || !frappe.model.can_read("Clinic Patient"))
		return;
	const make = (extra) =>
		h(
			"button",
			{
				class: `clinic-find-button ${extra}`,
				title: __("Find a patient ({0})", [FIND_KEY]),
				"aria-label": __("Find a patient ({0})", [FIND_KEY]),
				"aria-keyshortcuts": FIND_KEY,
				on_click: () => open_find(),
			},
			icon("search", 16),
			h("span", { class: "clinic-find-button__text" }, __("Find a patient")),
			h("kbd", {}, FIND_KEY)
		);
	const in_bar = beside_search(make("clinic-find-button--bar"));
	const floating = make("clinic-find-button--floating");
	if (in_bar) floating.classList.add("clinic-find-button--touch");
	document.body.append(floating);
}
