/* The boxes of the form of a person, by field; which of them a clinic asks for. */

import { text_input } from "../controls/inputs.js";
import { boot } from "../kit/boot.js";
import { h } from "../kit/dom.js";
import { field, segmented } from "../kit/ui.js";
import { practitioner_picker, source_picker } from "../service_catalog/pickers.js";
import { birth_input } from "./birth_input.js";

/** The four of a quick entry: the name counts as one (B17). */
export const FIRST = ["first_name", "last_name", "mobile", "referral_source", "consultant"];
/** Behind “more fields”, unless the clinic asks for them. */
export const MORE = [
	"gender",
	"birth_date",
	"national_code",
	"marital_status",
	"occupation",
	"workplace",
	"city",
	"address",
	"file_no",
	"note",
];
// Endpoint arguments of their own; the rest travels in `more`.
const BY_NAME = new Set([...FIRST, "gender", "birth_date", "national_code", "file_no", "note"]);

const LABELS = {
	first_name: () => __("First name"),
	last_name: () => __("Last name"),
	mobile: () => __("Mobile"),
	referral_source: () => __("Source: how did they hear of us?"),
	consultant: () => __("Personal consultant"),
	gender: () => __("Gender"),
	birth_date: () => __("Birth date"),
	national_code: () => __("National code"),
	marital_status: () => __("Marital status"),
	occupation: () => __("Occupation"),
	workplace: () => __("Workplace"),
	city: () => __("City"),
	address: () => __("Address"),
	file_no: () => __("File number"),
	note: () => __("Note"),
};
const MISSING = {
	first_name: () => __("Please write the first name."),
	mobile: () => __("Please write the mobile number."),
	referral_source: () => __("Please choose the source: how did they hear of us?"),
};
const NUMBERS = new Set(["mobile", "national_code", "file_no"]);

/** Is this field asked for in a new file? */
export function is_required(name) {
	if (name === "first_name" || name === "mobile") return true;
	return (boot().required_of_patients || []).includes(name);
}

/** What to say when it is empty. */
export function missing(name) {
	return MISSING[name]?.() || __("Please fill in: {0}", [LABELS[name]()]);
}

/** make(name, value, on_change) → {name, element, get(), focus()}: a labelled box. */
export function make(name, value, on_change) {
	const box = (MAKERS[name] || text)(name, value, on_change);
	const focus = () => (box.input || box.element.querySelector("input, button, select"))?.focus();
	return {
		name,
		get: box.get,
		focus: box.focus || focus,
		element: field({
			label: LABELS[name](),
			control: box.element,
			required: is_required(name),
			class: `clinic-field--${name}`,
		}),
	};
}

/** Split what was typed into the arguments of the endpoint. */
export function arguments_of(values) {
	const more = Object.entries(values).filter(([name, value]) => value && !BY_NAME.has(name));
	const named = Object.fromEntries(Object.entries(values).filter(([name]) => BY_NAME.has(name)));
	return more.length ? { ...named, more: Object.fromEntries(more) } : named;
}

const text = (name, value, on_change) =>
	text_input({
		value: value || "",
		label: LABELS[name](),
		kind: NUMBERS.has(name) ? "phone" : "text",
		on_change,
	});

const MAKERS = {
	birth_date: (name, value, on_change) => birth_input({ value, on_change }),
	gender: (name, value, on_change) =>
		choice(name, value, on_change, [
			["Female", __("Female")],
			["Male", __("Male")],
		]),
	marital_status: (name, value, on_change) =>
		choice(name, value, on_change, [
			["Single", __("Single")],
			["Married", __("Married")],
		]),
	referral_source: (name, value, on_change) =>
		picker(source_picker({ value, on_change, placeholder: __("Type or choose") })),
	consultant: (name, value, on_change) =>
		picker(
			practitioner_picker({
				value,
				on_change,
				label: LABELS[name](),
				placeholder: __("Nobody in particular"),
				kinds: ["Consultant", "Doctor"],
			})
		),
	note: (name, value, on_change) => {
		const input = h("textarea", {
			class: "form-control",
			rows: 2,
			"aria-label": LABELS[name](),
			on_input: () => on_change?.(),
		});
		input.value = value || "";
		return { element: input, input, get: () => input.value.trim() };
	},
};

function choice(name, value, on_change, options) {
	const element = segmented({
		label: LABELS[name](),
		value: value || "",
		on_change,
		options: options.map(([key, label]) => ({ value: key, label })),
	});
	return { element, get: () => element.dataset.value || null };
}

const picker = (box) => ({
	element: box.element,
	input: box.input,
	get: box.get,
	focus: box.focus,
});
