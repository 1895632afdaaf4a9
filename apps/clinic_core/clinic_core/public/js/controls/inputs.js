/* Plain inputs for our own pages: an amount in the display unit, a number, a phone. */

import { money_unit } from "../kit/boot.js";
import { read_number, to_latin } from "../kit/digits.js";
import { h } from "../kit/dom.js";
import { digits, number } from "../kit/fmt.js";

/**
 * An amount box → {element, input, get(), set(stored), is_valid(), focus()}. `get()` is in stored
 * units (Rial), null when empty; it throws with a message when the text is no number.
 */
export function money_input({ value = null, label = "", on_change, placeholder = "" } = {}) {
	const unit = money_unit();
	const made = number_input({ label, on_change, placeholder, factor: unit.factor });
	made.element.classList.add("clinic-amount");
	made.element.dataset.unit = unit.label;
	made.set(value);
	return made;
}

/** A number box, like money_input without a unit; `min` and `max` are checked by get(). */
export function number_input({
	value,
	label = "",
	on_change,
	placeholder = "",
	factor = 1,
	min,
	max,
}) {
	const input = h("input", {
		class: "form-control clinic-number",
		type: "text",
		inputmode: "decimal",
		dir: "ltr",
		autocomplete: "off",
		placeholder: digits(placeholder),
		"aria-label": label || null,
	});
	const element = h("div", { class: "clinic-input" }, input);
	const made = {
		element,
		input,
		get: () => checked(input.value, { label, factor, min, max }),
		set: (stored) => (input.value = shown(stored, factor)),
		is_valid: () => !Number.isNaN(read_number(input.value)),
		focus: () => input.select(),
	};
	input.addEventListener("input", () => {
		element.classList.toggle("clinic-input--bad", !made.is_valid());
		if (made.is_valid()) on_change?.(made.get_quiet());
	});
	input.addEventListener("focus", () => input.select());
	input.addEventListener("blur", () => made.is_valid() && made.set(made.get_quiet()));
	made.get_quiet = () => {
		const read = read_number(input.value);
		return read === null || Number.isNaN(read) ? null : round(read * factor);
	};
	made.set(value ?? null);
	return made;
}

const round = (value) => Math.round(value * 1e6) / 1e6;

function shown(stored, factor) {
	if (stored === null || stored === undefined || stored === "") return "";
	return number(Number(stored) / factor);
}

function checked(text, { label, factor, min, max }) {
	const read = read_number(text);
	const name = label ? `${label}: ` : "";
	if (Number.isNaN(read)) throw new Error(name + __("“{0}” is not a number.", [text]));
	if (read === null) return null;
	if (min !== undefined && read < min) {
		throw new Error(name + __("At least {0}, please.", [number(min)]));
	}
	if (max !== undefined && read > max) {
		throw new Error(name + __("At most {0}, please.", [number(max)]));
	}
	return round(read * factor);
}

/** A one-line text box; `kind: "phone"` reads any digits and is written left to right. */
export function text_input({
	value = "",
	label = "",
	placeholder = "",
	kind = "text",
	on_change,
}) {
	const phone = kind === "phone";
	const input = h("input", {
		class: "form-control",
		type: phone ? "tel" : "text",
		dir: phone ? "ltr" : "auto",
		autocomplete: "off",
		placeholder,
		"aria-label": label || null,
	});
	input.value = phone ? digits(value) : value;
	input.addEventListener("input", () => on_change?.(read()));
	const read = () => (phone ? to_latin(input.value) : input.value).trim();
	return { element: input, input, get: read, set: (text) => (input.value = text ?? "") };
}
