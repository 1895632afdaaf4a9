/* The line that shows online booking on the clinic's own web site (E195). */

import { dialog } from "../kit/dialogs.js";
import { h } from "../kit/dom.js";
import { button } from "../kit/ui.js";

const SCRIPT = "/assets/clinic_core/embed/book.js";

/** embed_dialog(sites): what to paste, and which sites may show it. */
export function embed_dialog(sites) {
	const code = snippet(
		window.location.origin,
		document.documentElement.lang,
		__("Online booking")
	);
	const box = h("textarea", {
		class: "form-control",
		rows: 4,
		readonly: true,
		dir: "ltr",
		"aria-label": __("Code"),
		on_click: () => box.select(),
	});
	box.value = code;
	return dialog({
		title: __("Booking on your web site"),
		content: h(
			"div",
			{ class: "clinic-form" },
			h(
				"p",
				{ class: "text-muted" },
				__("Paste this line into the page where booking is to stand.")
			),
			h("div", { class: "clinic-address" }, box, copy(code)),
			h("p", { class: sites ? "text-muted" : "clinic-error" }, said_of(sites))
		),
		primary: { label: __("Close"), action: async () => true },
	});
}

/** The line itself. */
export const snippet = (site, lang, title) =>
	`<script src="${site}${SCRIPT}" data-lang="${lang}" data-title="${title}" async></script>`;

const copy = (code) =>
	button({ label: __("Copy"), on_click: () => frappe.utils.copy_to_clipboard(code) });

function said_of(sites) {
	if (sites) return __("It is shown on {0} only.", [sites.split("\n").join(", ")]);
	return __("Enter the address of your web site below first: no site may show it yet.");
}
