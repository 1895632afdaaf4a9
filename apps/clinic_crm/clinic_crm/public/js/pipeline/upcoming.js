// The upcoming activity: planned while a lead is made or an activity is logged (C042, C083).
import { field, h, row, text_area } from "../kit";

/** The switch and what it then requires → {element, read(): {title, date, description} or null}. */
export function upcoming_part() {
	const title = clinic.ui.text_input({ label: __("Title of the next activity") });
	const date = clinic.ui.control({ fieldtype: "Date", fieldname: "upcoming_date" });
	const description = text_area({ label: __("Description of the next activity") });
	const needed = { required: true };
	const fields = h(
		"div",
		{ class: "clinic-form", hidden: true },
		row(
			field({ label: __("Title"), control: title.element, ...needed }),
			field({ label: __("Date"), control: date.element, ...needed })
		),
		field({ label: __("Description"), control: description.element, ...needed })
	);
	const flip = (event) => {
		fields.hidden = !event.target.checked;
		if (event.target.checked) title.input.focus();
	};
	const check = h("input", { type: "checkbox", on_change: flip });
	const label = h("label", { class: "clinic-switch" }, check, __("Plan the next activity"));
	return {
		element: h("div", { class: "clinic-upcoming" }, label, fields),
		read() {
			if (!check.checked) return null;
			const plan = {
				title: title.get(),
				date: date.get_value(),
				description: description.get(),
			};
			if (!plan.title) throw new Error(__("Please give the next activity a title."));
			if (!plan.date) throw new Error(__("Please choose the day of the next activity."));
			if (!plan.description) throw new Error(__("Please describe the next activity."));
			return plan;
		},
	};
}
