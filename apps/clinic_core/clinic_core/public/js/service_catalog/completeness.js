/* How complete a service's profile is, and a click to whatever is missing (A89). */

import { fill, h, icon } from "../kit/dom.js";
import { number } from "../kit/fmt.js";

const texts = () => ({
	price: __("Give it a price"),
	duration: __("Say how long it takes"),
	photo: __("Add a photo"),
	display_name: __("Give it a name for patients"),
	summary: __("Sum it up in a sentence"),
	description: __("Describe it in 40 words or more"),
	gallery: __("Show three pictures in the gallery"),
});

/** Show the hint in an HTML field of the form; `found` is {percent, missing: [{code, field}]}. */
export function show_completeness(frm, fieldname, found) {
	const field = frm.get_field(fieldname);
	if (!field?.wrapper) return;
	const wrapper = field.wrapper.jquery ? field.wrapper[0] : field.wrapper;
	if (!found) return fill(wrapper);
	fill(wrapper, hint(frm, found));
}

function hint(frm, { percent, missing }) {
	const tone = percent === 100 ? "success" : percent >= 60 ? "info" : "warning";
	const title = __("Profile {0}% complete", [number(percent)]);
	return h(
		"div",
		{ class: `clinic-complete clinic-complete--${tone}`, data: { percent } },
		h("div", { class: "clinic-complete__title" }, title),
		h(
			"div",
			{
				class: "clinic-complete__bar",
				role: "progressbar",
				"aria-label": title,
				"aria-valuemin": 0,
				"aria-valuemax": 100,
				"aria-valuenow": percent,
			},
			h("div", { class: "clinic-complete__done", style: { inlineSize: `${percent}%` } })
		),
		missing.length
			? h(
					"div",
					{ class: "clinic-complete__list" },
					missing.map((part) => step(frm, part))
			  )
			: h(
					"div",
					{ class: "clinic-complete__note" },
					__("Patients see all they need to choose it.")
			  )
	);
}

function step(frm, { code, field }) {
	return h(
		"button",
		{
			class: "clinic-complete__step",
			data: { code },
			on_click: () => frm.scroll_to_field(field),
		},
		icon("plus", 12),
		h("span", {}, texts()[code] || code)
	);
}
