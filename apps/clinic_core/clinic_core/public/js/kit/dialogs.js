/* Dialogs: a frame with our own content, and the question for a reason. */

import { clear_error, show_error } from "./call.js";
import { h } from "./dom.js";

/**
 * dialog({title, size, content, primary: {label, action(button, error_area)}, secondary, on_hide})
 * → {show, hide, body, error_area, primary_button, frame}. `action` may return a promise: the
 * dialog closes when it is fulfilled with anything but false; errors it throws are shown inside.
 * `on_show` puts the focus where typing begins.
 */
export function dialog({ title, size = "", content, primary, secondary, on_hide, on_show }) {
	// Frappe puts the title in as HTML; patients' names come in here.
	const safe_title = frappe.utils.escape_html(title || "");
	// Without sliding: work at a desk goes on at once, and Bootstrap takes the focus of whoever types
	// while a dialog still slides in.
	const frame = new frappe.ui.Dialog({
		title: safe_title,
		size,
		minimizable: false,
		animate: false,
	});
	const error_area = h("div", { class: "clinic-error", hidden: true });
	frame.$wrapper.addClass("clinic-dialog");
	frame.$body.append(h("div", { class: "clinic-dialog__body" }, content), error_area);
	const handle = {
		frame,
		error_area,
		body: frame.$body[0].querySelector(".clinic-dialog__body"),
	};
	// Once something is corrected, the complaint has had its effect.
	handle.body.addEventListener("input", () => clear_error(error_area));
	handle.show = () => frame.show();
	handle.hide = () => frame.hide();
	if (primary) handle.primary_button = add_primary(frame, primary, handle);
	if (secondary) {
		frame.set_secondary_action(() => secondary.action(handle));
		frame.set_secondary_action_label(secondary.label);
	}
	// Without this a closed dialog stays in the page with all its controls.
	frame.$wrapper.on("hidden.bs.modal", () => {
		on_hide?.();
		frame.$wrapper.remove();
	});
	// Bootstrap closes this one; Frappe would then close the one below it as well.
	frame.$wrapper.on("keydown", (event) => {
		if (event.key === "Escape") event.stopPropagation();
	});
	// After the caller has got the handle: `on_show` may use what the caller keeps of it.
	if (on_show)
		frame.$wrapper.on("shown.bs.modal", () => Promise.resolve().then(() => on_show(handle)));
	frame.show();
	return handle;
}

function add_primary(frame, { label, action }, handle) {
	// Kept: whoever colours it differently takes away the class that Frappe finds it by.
	let button = null;
	frame.set_primary_action(label, async () => {
		if (button.disabled) return;
		clear_error(handle.error_area);
		try {
			const result = await action(button, handle.error_area);
			if (result !== false) frame.hide();
		} catch (error) {
			if (error.name !== "ServerError" || handle.error_area.hidden)
				show_error(error, handle.error_area);
		}
	});
	button = frame.get_primary_btn()[0];
	return button;
}

/**
 * Ask for a reason: confirm_reason({title, label, hint, action_label, on_confirm, suggestions, extra})
 * → promise of the reason (null if given up). With `on_confirm(reason, button, error_area)` the
 * dialog stays open until that has worked.
 */
export function confirm_reason({
	title,
	label = __("Reason"),
	hint,
	action_label = __("Confirm"),
	suggestions = [],
	extra = null,
	on_confirm,
}) {
	return new Promise((resolve) => {
		let answer = null;
		const input = h("textarea", { class: "form-control", rows: 2, "aria-label": label });
		const chips = suggestions.map((text) =>
			h("button", { class: "clinic-chip", on_click: () => (input.value = text) }, text)
		);
		const content = h(
			"div",
			{ class: "clinic-field" },
			h("label", { class: "clinic-field__label reqd" }, label),
			input,
			hint && h("div", { class: "clinic-field__hint" }, hint),
			chips.length > 0 && h("div", { class: "clinic-chips" }, chips),
			extra
		);
		dialog({
			title,
			size: "small",
			content,
			primary: {
				label: action_label,
				action: async (button, area) => {
					const reason = input.value.trim();
					if (!reason) {
						input.focus();
						throw new Error(__("Please write a reason."));
					}
					await on_confirm?.(reason, button, area);
					answer = reason;
				},
			},
			on_hide: () => resolve(answer),
			on_show: () => input.focus(),
		});
	});
}

/** Ask yes or no → promise of true or false; `extra` is shown below the question. */
export function confirm({ title, message, action_label = __("Yes"), extra = null, on_confirm }) {
	return new Promise((resolve) => {
		let answer = false;
		dialog({
			title,
			size: "small",
			content: h("div", {}, message && h("p", {}, message), extra),
			primary: {
				label: action_label,
				action: async (button, area) => {
					await on_confirm?.(button, area);
					answer = true;
				},
			},
			on_hide: () => resolve(answer),
		});
	});
}
