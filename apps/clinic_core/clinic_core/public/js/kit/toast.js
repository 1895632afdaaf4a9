/* Short messages at the edge of the screen, with one thing to do ("Undo"). */

import { h, icon } from "./dom.js";

const SECONDS = { success: 6, info: 6, warning: 9, error: 12 };
const MOST = 4;

function stack() {
	let element = document.querySelector(".clinic-toasts");
	if (!element) {
		element = h("div", { class: "clinic-toasts", role: "status", "aria-live": "polite" });
		document.body.append(element);
	}
	return element;
}

/**
 * toast(message, {kind: "success"|"info"|"warning"|"error", action: {label, on_click}, seconds, about})
 * → a function that takes it away. Pointing at it keeps it. A message `about` a document replaces
 * the one before: what it offered to undo is no longer the last step.
 */
export function toast(message, { kind = "success", action = null, seconds, about } = {}) {
	let timer = null;
	const remove = () => {
		clearTimeout(timer);
		element.remove();
	};
	const start = () => {
		timer = setTimeout(remove, (seconds ?? SECONDS[kind] + (action ? 3 : 0)) * 1000);
	};
	const act = action && button_of(action, remove);
	const close = h(
		"button",
		{ class: "clinic-toast__close", "aria-label": __("Close"), on_click: remove },
		icon("close", 14)
	);
	const text = h("div", { class: "clinic-toast__text" }, message);
	const element = h("div", { class: `clinic-toast clinic-toast--${kind}` }, text, act, close);
	element.addEventListener("mouseenter", () => clearTimeout(timer));
	element.addEventListener("mouseleave", start);
	if (about) element.dataset.about = about;
	const place = stack();
	// The same message twice is shown once.
	for (const other of [...place.children]) {
		const same = other.querySelector(".clinic-toast__text").textContent === message;
		if (same || (about && other.dataset.about === about)) other.remove();
	}
	while (place.children.length >= MOST) place.firstChild.remove();
	place.append(element);
	start();
	return remove;
}

function button_of(action, remove) {
	return h(
		"button",
		{
			class: "clinic-toast__action",
			on_click: () => {
				remove();
				action.on_click();
			},
		},
		action.label
	);
}
