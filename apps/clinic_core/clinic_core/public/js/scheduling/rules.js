/* The rules of booking in its dialogs: what to know of the patient, what it costs, exceptions with a reason. */

import { text_input } from "../controls/inputs.js";
import { call, command } from "../kit/call.js";
import { dialog } from "../kit/dialogs.js";
import { fill, h, icon } from "../kit/dom.js";
import { date, money, number } from "../kit/fmt.js";
import { field, tag } from "../kit/ui.js";
import { notify_choice } from "./notify_choice.js";

const NOTES = "clinic_core.scheduling.policies.api.booking_notes";
const PENALTY = "clinic_core.scheduling.policies.api.penalty";
const CANCEL = "clinic_core.scheduling.api.cancel";
const TONES = { danger: "danger", warning: "warning", info: "info" };

/** notes_strip(patient): debts, repeated cancellations and how often he came; hidden while there is nothing. */
export function notes_strip(patient) {
	const element = h("div", { class: "clinic-marks clinic-booking-notes", hidden: true });
	if (!patient) return element;
	call(NOTES, { patient }, { quiet: true })
		.then(({ warnings, record }) => {
			const chips = warnings
				.filter((warning) => warning.text)
				.map(({ text, severity }) => tag({ text, tone: TONES[severity] || "neutral" }));
			const shown = [...chips, record_of(record)].filter(Boolean);
			fill(element, shown);
			element.hidden = !shown.length;
		})
		.catch(() => {
			element.hidden = false;
			fill(element, h("span", { class: "clinic-error" }, __("Notes could not be loaded.")));
		});
	return element;
}

function record_of({ completed, missed, cancelled, last_missed_on }) {
	if (!completed && !missed && !cancelled) return null;
	const parts = [
		__("{0} visits", [number(completed)]),
		missed && __("{0} missed", [number(missed)]),
		cancelled && __("{0} cancelled", [number(cancelled)]),
	].filter(Boolean);
	const title = last_missed_on && __("Last missed on {0}", [date(last_missed_on)]);
	return h("span", { class: "text-muted clinic-booking-record", title }, parts.join(" · "));
}

/**
 * exception_field() → {element, read(), offer(work)}: the reason for booking against a rule. It is shown
 * once the server has refused something this user may make an exception of.
 */
export function exception_field() {
	const reason = text_input({ label: __("Reason for the exception") });
	const element = field({ label: __("Reason for the exception"), control: reason.element });
	element.hidden = true;
	return {
		element,
		read: () => (reason.get() ? { override_reason: reason.get() } : {}),
		async offer(work) {
			try {
				return await work();
			} catch (error) {
				if (error.data?.may_override) {
					element.hidden = false;
					reason.input.focus();
				}
				throw error;
			}
		},
	};
}

/** side_choice({on_change}) → {element, get()}: whose wish it is; what the clinic moves costs nothing. */
export function side_choice() {
	const name = `clinic-side-${frappe.utils.get_random(6)}`;
	const radio = (value, label) => {
		const input = h("input", { type: "radio", name, value, checked: value === "Patient" });
		return h("label", { class: "clinic-side__choice" }, input, label);
	};
	const element = h(
		"div",
		{ class: "clinic-side", role: "radiogroup", "aria-label": __("Whose wish is it?") },
		radio("Patient", __("The patient wishes it")),
		radio("Clinic", __("We have to"))
	);
	return {
		element,
		get: () => element.querySelector("input:checked").value,
	};
}

/** penalty_hint(appointment, event, side): what it costs now, hidden when it is free or the clinic's wish. */
export function penalty_hint(appointment, event, side) {
	const element = h("div", { class: "clinic-penalty", role: "status", hidden: true });
	let costs = false;
	const show = () => (element.hidden = !costs || side.get() === "Clinic");
	side.element.addEventListener("change", show);
	call(PENALTY, { appointment, event }, { quiet: true })
		.then((penalty) => {
			costs = Boolean(penalty);
			if (penalty) fill(element, icon("alert", 14), h("div", {}, words(penalty)));
			show();
		})
		.catch(() => {});
	return element;
}

function words({ text, amount, note }) {
	const sum = amount ? money(amount, { unit: true }) : null;
	return [
		h(
			"strong",
			{},
			sum ? __("Costs the patient {0}", [sum]) : __("Costs the patient something")
		),
		h("div", {}, text),
		note && h("div", { class: "text-muted" }, note),
	];
}

/**
 * cancel_dialog({appointment, full_name, title, suggestions, on_done}): cancels with a reason, says what it
 * costs, asks whether to tell the patient.
 */
export function cancel_dialog({ appointment, full_name, title, suggestions = [], on_done }) {
	const side = side_choice();
	const tell = notify_choice();
	const input = h("textarea", { class: "form-control", rows: 2, "aria-label": __("Reason") });
	const chips = suggestions.map((text) =>
		h("button", { class: "clinic-chip", on_click: () => (input.value = text) }, text)
	);
	return dialog({
		title: title || __("Cancel the appointment of {0}", [full_name]),
		size: "small",
		content: h(
			"div",
			{ class: "clinic-form" },
			h(
				"div",
				{ class: "clinic-field" },
				h("label", { class: "clinic-field__label reqd" }, __("Reason")),
				input,
				chips.length > 0 && h("div", { class: "clinic-chips" }, chips)
			),
			side.element,
			penalty_hint(appointment, "Cancellation", side),
			tell.element
		),
		on_show: () => input.focus(),
		primary: {
			label: __("Cancel the appointment"),
			action: async (button, error_area) => {
				const reason = input.value.trim();
				if (!reason) {
					input.focus();
					throw new Error(__("Please write a reason."));
				}
				const args = { appointment, reason, by: side.get(), ...tell.args() };
				const done = await command(CANCEL, args, { button, error_area });
				on_done?.(done);
			},
		},
	});
}
