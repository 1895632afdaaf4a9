/* Put somebody on the waiting list: what, with whom, where, and when it suits (F08, E206). */

import { boot } from "../../kit/boot.js";
import { command } from "../../kit/call.js";
import { dialog } from "../../kit/dialogs.js";
import { h } from "../../kit/dom.js";
import { add_days, date, time, today } from "../../kit/fmt.js";
import { toast } from "../../kit/toast.js";
import { control, field } from "../../kit/ui.js";
import { marks_strip } from "../../people/marks.js";
import { practitioner_picker, service_picker } from "../../service_catalog/pickers.js";
import { text_input } from "../../controls/inputs.js";
import { area_field } from "../area_field.js";

const ADD = "clinic_core.scheduling.waiting.api.add";
const DAYS = 30;
// Every half an hour from seven in the morning to ten in the evening.
const HOURS = Array.from({ length: 31 }, (_, index) => {
	const hour = String(7 + Math.floor(index / 2)).padStart(2, "0");
	return `${hour}:${index % 2 ? "30" : "00"}`;
});
const WEEKDAYS = ["Saturday", "Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday"];

/** wish_dialog({patient, full_name, service, area, practitioner, branch, on_done}) */
export function wish_dialog(opts) {
	const chosen = { service: opts.service || null, area: opts.area || null };
	const areas = area_field({ on_change: (value) => (chosen.area = value) });
	areas.show(chosen.service, chosen.area);
	const service = service_picker({
		value: chosen.service,
		on_change: (value) => {
			Object.assign(chosen, { service: value || null, area: null });
			areas.show(chosen.service);
		},
	});
	const practitioner = practitioner_picker({ value: opts.practitioner || null });
	const branch = branch_select(opts.branch);
	const days = { from: date_box(today()), to: date_box(add_days(today(), DAYS)) };
	const times = suitable_times();
	const urgent = h("input", { type: "checkbox" });
	const note = text_input({ label: __("Note") });
	return dialog({
		title: opts.full_name
			? __("Add {0} to the waiting list", [opts.full_name])
			: __("Add to waiting list"),
		content: h(
			"div",
			{ class: "clinic-form" },
			marks_strip(opts.patient),
			row(
				field({ label: __("Service"), control: service.element, required: true }),
				areas.element
			),
			row(
				field({ label: __("Practitioner"), control: practitioner.element }),
				branch && field({ label: __("Branch"), control: branch })
			),
			row(
				field({
					label: __("From date"),
					control: days.from.element,
					hint: days.from.said,
				}),
				field({ label: __("Until date"), control: days.to.element, hint: days.to.said })
			),
			h(
				"div",
				{ class: "clinic-field__hint" },
				__("For one day only, choose the same day twice.")
			),
			times.element,
			h("label", { class: "clinic-check" }, urgent, " ", __("Urgent: comes first")),
			field({ label: __("Note"), control: note.element })
		),
		primary: {
			label: __("Add to waiting list"),
			action: async (button, error_area) => {
				if (!chosen.service) throw new Error(__("Choose a service first."));
				const args = {
					patient: opts.patient,
					...chosen,
					practitioners: practitioner.get() ? [practitioner.get()] : [],
					branches: branch?.value ? [branch.value] : [],
					times: times.get(),
					from_date: days.from.get_value(),
					to_date: days.to.get_value(),
					is_urgent: urgent.checked,
					note: note.get(),
				};
				const made = await command(ADD, args, { button, error_area });
				toast(__("On the waiting list until {0}.", [date(made.to_date)]), {
					action: {
						label: __("Show"),
						on_click: () =>
							frappe.set_route("Form", "Clinic Waiting List Entry", made.entry),
					},
				});
				opts.on_done?.(made);
			},
		},
	});
}

const row = (...parts) => h("div", { class: "clinic-row" }, parts);

// The box writes the day as the browser's user does; below it is said in his own calendar.
function date_box(value) {
	const said = h("span", {}, date(value));
	const on_change = (day) => (said.textContent = day ? date(day) : "");
	return Object.assign(control({ fieldtype: "Date", value, on_change }), { said });
}

function branch_select(value) {
	const branches = Object.entries(boot().branches || {});
	if (branches.length < 2) return null;
	const select = h(
		"select",
		{ class: "form-control clinic-select", "aria-label": __("Branch") },
		h("option", { value: "" }, __("Any branch")),
		branches.map(([name, title]) => h("option", { value: name }, title))
	);
	select.value = value || "";
	return select;
}

// Weekdays that suit, and hours of the day: one row for each day, or one for any day.
function suitable_times() {
	const chips = WEEKDAYS.map((day) =>
		h(
			"button",
			{
				class: "clinic-chip clinic-chip--toggle",
				data: { day },
				"aria-pressed": "false",
				on_click: (event) => {
					const on = event.currentTarget.getAttribute("aria-pressed") === "true";
					event.currentTarget.setAttribute("aria-pressed", String(!on));
				},
			},
			__(day)
		)
	);
	const hour = (label) =>
		h(
			"select",
			{ class: "form-control clinic-select", "aria-label": label },
			h("option", { value: "" }, __("Any time")),
			HOURS.map((value) => h("option", { value }, time(value)))
		);
	const [start, end] = [hour(__("From time")), hour(__("To time"))];
	return {
		element: h(
			"div",
			{ class: "clinic-form" },
			field({
				label: __("Days that suit"),
				control: h("div", { class: "clinic-chips" }, chips),
				hint: __("None chosen: any day"),
			}),
			row(
				field({ label: __("From time"), control: start }),
				field({ label: __("To time"), control: end })
			)
		),
		get() {
			const hours = { start: start.value || null, end: end.value || null };
			const picked = chips
				.filter((chip) => chip.getAttribute("aria-pressed") === "true")
				.map((chip) => ({ weekday: chip.dataset.day, ...hours }));
			if (picked.length) return picked;
			return hours.start || hours.end ? [{ weekday: null, ...hours }] : [];
		},
	};
}
