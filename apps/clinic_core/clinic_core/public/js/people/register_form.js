/* The form of a new patient (D22–D24), for a dialog of its own or inside another one. */

import { command } from "../kit/call.js";
import { boot } from "../kit/boot.js";
import { to_latin } from "../kit/digits.js";
import { h } from "../kit/dom.js";
import { code } from "../kit/fmt.js";
import { control, field, segmented } from "../kit/ui.js";
import { practitioner_picker, source_picker } from "../service_catalog/pickers.js";
import { text_input } from "../controls/inputs.js";

const REGISTER = "clinic_core.people.api.register_patient";

/**
 * register_form({text, values}) → {element, focus(), save({button, error_area}) → {name, full_name,
 * duplicates}}. `text` is what was searched for: digits become the mobile, the rest the name.
 */
export function register_form({ text = "", values = {} } = {}) {
	const start = { ...guess(text), ...values };
	const inputs = {
		first_name: text_input({ value: start.first_name, label: __("First name") }),
		last_name: text_input({ value: start.last_name, label: __("Last name") }),
		mobile: text_input({ value: start.mobile, label: __("Mobile"), kind: "phone" }),
		national_code: text_input({
			value: start.national_code,
			label: __("National code"),
			kind: "phone",
		}),
	};
	const gender = segmented({
		label: __("Gender"),
		value: start.gender || "",
		options: [
			{ value: "Female", label: __("Female") },
			{ value: "Male", label: __("Male") },
		],
	});
	const links = link_controls(start);
	const element = layout(inputs, gender, links);
	const read = () => ({
		...Object.fromEntries(Object.entries(inputs).map(([name, input]) => [name, input.get()])),
		gender: gender.dataset.value || null,
		birth_date: links.birth_date.get_value() || null,
		referral_source: links.referral_source.get(),
		consultant: links.consultant.get(),
	});
	return {
		element,
		focus: () =>
			(inputs.first_name.get() ? inputs.last_name : inputs.first_name).input.focus(),
		read,
		save: (opts) => save(read(), inputs, links, opts),
	};
}

function guess(text) {
	const plain = to_latin(text).trim();
	if (/^[+\d][\d\s-]*$/.test(plain)) return plain.length >= 7 ? { mobile: plain } : {};
	const [first_name, ...rest] = plain.split(/\s+/);
	return { first_name, last_name: rest.join(" ") };
}

function link_controls(start) {
	return {
		birth_date: control({
			fieldtype: "Date",
			fieldname: "birth_date",
			value: start.birth_date,
		}),
		referral_source: source_picker({ value: start.referral_source }),
		consultant: practitioner_picker({
			value: start.consultant,
			label: __("Personal consultant"),
			placeholder: __("Nobody in particular"),
			kinds: ["Consultant", "Doctor"],
		}),
	};
}

function layout(inputs, gender, links) {
	const row = (...cells) => h("div", { class: "clinic-row" }, cells);
	const source_needed = Boolean(boot().require_referral_source);
	return h(
		"div",
		{ class: "clinic-form" },
		row(
			field({ label: __("First name"), control: inputs.first_name.element, required: true }),
			field({ label: __("Last name"), control: inputs.last_name.element })
		),
		row(
			field({ label: __("Mobile"), control: inputs.mobile.element, required: true }),
			field({ label: __("Gender"), control: gender })
		),
		row(
			field({
				label: __("Source: how did they hear of us?"),
				control: links.referral_source.element,
				required: source_needed,
			}),
			field({ label: __("Personal consultant"), control: links.consultant.element })
		),
		row(
			field({ label: __("National code"), control: inputs.national_code.element }),
			field({
				label: __("Birth date"),
				control: links.birth_date.element,
				hint: __("For example {0} or {1}", [code("1405/08/30"), code("2026-11-21")]),
			})
		)
	);
}

async function save(values, inputs, links, { button, error_area } = {}) {
	if (!values.first_name) {
		inputs.first_name.input.focus();
		throw new Error(__("Please write the first name."));
	}
	if (!values.mobile) {
		inputs.mobile.input.focus();
		throw new Error(__("Please write the mobile number."));
	}
	if (boot().require_referral_source && !values.referral_source) {
		links.referral_source.focus();
		throw new Error(__("Please choose the source: how did they hear of us?"));
	}
	const made = await command(REGISTER, values, { button, error_area });
	const full_name = [values.first_name, values.last_name].filter(Boolean).join(" ");
	return { full_name, mobile: values.mobile, duplicates: [], ...made };
}
