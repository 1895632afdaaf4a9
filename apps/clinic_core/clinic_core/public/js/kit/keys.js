/* Shortcuts of one page, with the help that lists them. */

import { h } from "./dom.js";

const CODES = { "/": "Slash", "?": "Slash" };

/**
 * keys(wrapper, [{key: "n", label: __("New reception"), action}]) → stop.
 * Active while `wrapper` is on screen, no dialog is open and nobody is typing. Letters go by the
 * key's place, so that they work with a Persian keyboard too. "?" shows the list.
 */
export function keys(wrapper, shortcuts) {
	const element = wrapper.jquery ? wrapper[0] : wrapper;
	const all = [
		...shortcuts,
		{ key: "?", label: __("Show these shortcuts"), action: () => show_help(all) },
	];
	const listener = (event) => {
		if (!element.offsetParent || document.querySelector(".modal.show, .clinic-menu")) return;
		if (event.ctrlKey || event.metaKey || event.altKey || is_typing(event)) return;
		const hit = all.find((shortcut) => matches(event, shortcut.key));
		if (!hit) return;
		event.preventDefault();
		event.stopImmediatePropagation();
		hit.action(event);
	};
	window.addEventListener("keydown", listener, true);
	return () => window.removeEventListener("keydown", listener, true);
}

function matches(event, key) {
	if (key === "?")
		return event.shiftKey && (event.key === "?" || event.key === "؟" || is_slash(event));
	if (event.shiftKey && key.length === 1) return false;
	if (event.key === key) return true;
	const code = CODES[key] || (/^[a-z]$/.test(key) ? `Key${key.toUpperCase()}` : null);
	return code !== null && event.code === code;
}

const is_slash = (event) => event.code === "Slash";

function is_typing(event) {
	const on = event.target;
	if (!(on instanceof HTMLElement)) return false;
	if (on.isContentEditable || on.tagName === "TEXTAREA" || on.tagName === "SELECT") return true;
	return on.tagName === "INPUT" && !["checkbox", "radio", "button"].includes(on.type);
}

function show_help(shortcuts) {
	const names = {
		"?": "?",
		Escape: "Esc",
		Enter: "Enter",
		ArrowLeft: "←",
		ArrowRight: "→",
		ArrowDown: "↓",
		ArrowUp: "↑",
	};
	const rows = shortcuts.map(({ key, label }) =>
		h(
			"div",
			{ class: "clinic-keys__row" },
			h("span", {}, label),
			h("kbd", {}, names[key] || key.toUpperCase())
		)
	);
	const general = [
		[__("Move in lists and menus"), "↑ ↓"],
		[__("Open what is chosen"), "Enter"],
		[__("Close dialog or menu"), "Esc"],
		[__("Find a patient"), "F2"],
	].map(([label, key]) =>
		h("div", { class: "clinic-keys__row" }, h("span", {}, label), h("kbd", {}, key))
	);
	const dialog = new frappe.ui.Dialog({ title: __("Keyboard shortcuts"), size: "small" });
	dialog.$body.append(h("div", { class: "clinic-keys" }, rows, general));
	dialog.show();
}
