/* Training videos beside the tabs of a form (A86); the clinic sets their addresses in its settings. */

import { boot } from "../kit/boot.js";
import { tab_link } from "../kit/compat.js";
import { dialog } from "../kit/dialogs.js";
import { h, icon } from "../kit/dom.js";

/** Put a help button into the tabs of a form: {fieldname of the tab: name of the help}. */
export function help_in_tabs(frm, tabs) {
	for (const [fieldname, help] of Object.entries(tabs)) {
		const link = tab_link(frm, fieldname);
		const found = boot().service_help?.[help];
		if (!link || !found || link.parentElement.querySelector(".clinic-help")) continue;
		link.parentElement.classList.add("clinic-help-tab");
		link.parentElement.append(help_button(found, link.textContent.trim()));
	}
}

/** The same button beside the label of a field; nothing where the clinic has set no address. */
export function help_at_field(frm, fieldname, help) {
	const label = frm.get_field(fieldname)?.wrapper?.querySelector?.(".label-area");
	const found = boot().service_help?.[help];
	if (!label || !found || label.parentElement.querySelector(".clinic-help")) return;
	label.after(help_button(found, label.textContent.trim()));
}

function help_button(help, about) {
	const title = __("Help: {0}", [about]);
	return h(
		"button",
		{
			class: "clinic-help",
			title,
			"aria-label": title,
			on_click: (event) => {
				event.preventDefault();
				event.stopPropagation();
				open_help(help, title);
			},
		},
		icon("help", 14)
	);
}

function open_help({ kind, src }, title) {
	if (kind === "page") return window.open(src, "_blank", "noopener,noreferrer");
	const content =
		kind === "file"
			? h("video", { class: "clinic-video", src, controls: true, autoplay: true })
			: h("iframe", {
					class: "clinic-video",
					src,
					title,
					allow: "autoplay; fullscreen; encrypted-media; picture-in-picture",
					allowfullscreen: true,
					referrerpolicy: "strict-origin-when-cross-origin",
			  });
	dialog({ title, size: "large", content });
}
