/* Before and after (F42): pictures by area and angle, and two of them under one slider. */

import { command } from "../kit/call.js";
import { dialog } from "../kit/dialogs.js";
import { h } from "../kit/dom.js";
import { date } from "../kit/fmt.js";
import { toast } from "../kit/toast.js";
import { badge, control, field, segmented } from "../kit/ui.js";
import { service_picker } from "../service_catalog/pickers.js";
import { text_input } from "../controls/inputs.js";
import { file_input } from "./file_input.js";
import { kept_panel } from "./kept_panel.js";

const DOCTYPE = "Clinic Photo";
const ADD = "clinic_core.people.photos.api.add_photo";
const STAGES = ["Before", "During", "After"];
const ANGLES = ["Front", "Left 45", "Right 45", "Left Side", "Right Side", "Back Side", "Other"];

export const photos_menu_item = {
	order: 45,
	icon: "search",
	label: () => __("Before and after"),
	show: () => frappe.model.can_read(DOCTYPE),
	on_click: ({ patient, full_name }) => photos_dialog({ patient, full_name }),
};

export function photos_dialog({ patient, full_name }) {
	return dialog({
		title: __("Before and after: {0}", [full_name]),
		size: "extra-large",
		content: photos_panel(patient),
		primary: { label: __("Close"), action: async () => true },
	});
}

/** photos_panel(patient) → element; `null` for who may see none. */
export const photos_panel = (patient) =>
	kept_panel({
		patient,
		doctype: DOCTYPE,
		fields: [
			"name",
			"stage",
			"angle",
			"angle_note",
			"body_area",
			"taken_on",
			"file",
			"thumbnail",
			"may_publish",
		],
		order_by: "taken_on asc, creation asc",
		css: "clinic-photos",
		none: { icon: "user", title: __("No pictures yet") },
		draw: (rows) => series(rows).map(one_series),
		add: { label: __("Add picture"), open: photo_dialog },
	});

// Pictures of one area from one angle belong together, in order of time.
function series(rows) {
	const found = new Map();
	for (const row of rows) {
		const key = [row.body_area || "", row.angle, row.angle_note || ""].join("|");
		if (!found.has(key)) found.set(key, []);
		found.get(key).push(row);
	}
	return [...found.values()];
}

function one_series(rows) {
	const [{ body_area, angle, angle_note }] = rows;
	const name = [body_area, angle === "Other" ? angle_note : __(angle)];
	const before = rows.find((row) => row.stage === "Before");
	const after = [...rows].reverse().find((row) => row.stage === "After");
	const pair = before && after;
	return h(
		"section",
		{ class: "clinic-photo-series" },
		h(
			"div",
			{ class: "clinic-photo-series__head" },
			h("strong", {}, name.filter(Boolean).join(" – ")),
			pair &&
				h(
					"button",
					{ class: "btn btn-xs btn-default", on_click: () => compare(before, after) },
					__("Compare")
				)
		),
		h("div", { class: "clinic-photo-series__row" }, rows.map(one_photo))
	);
}

function one_photo(row) {
	return h(
		"figure",
		{ class: "clinic-photo" },
		h(
			"a",
			{ href: frappe.utils.get_form_link(DOCTYPE, row.name) },
			h("img", { src: row.thumbnail || row.file, alt: __(row.stage), loading: "lazy" })
		),
		h(
			"figcaption",
			{},
			badge(row.stage, { tone: row.stage === "After" ? "success" : "info" }),
			h("small", { class: "text-muted" }, date(row.taken_on, { short: true })),
			row.may_publish ? h("small", {}, __("may be published")) : null
		)
	);
}

/** Two pictures on top of each other; the slider shows more of the one or the other. */
function compare(before, after) {
	const top = h(
		"div",
		{ class: "clinic-compare__top" },
		h("img", { src: before.file, alt: "" })
	);
	const set = (percent) => (top.style.inlineSize = `${percent}%`);
	const slider = h("input", {
		type: "range",
		min: 0,
		max: 100,
		value: 50,
		class: "clinic-compare__slider",
		"aria-label": __("More of before, or of after"),
		on_input: () => set(slider.value),
	});
	const stage = h(
		"div",
		{ class: "clinic-compare" },
		h("img", { src: after.file, alt: __("After") }),
		top,
		h("span", { class: "clinic-compare__before" }, caption(before)),
		h("span", { class: "clinic-compare__after" }, caption(after))
	);
	set(50);
	// The upper picture keeps the size of the lower one, however much of it is shown.
	const fit = () => (top.firstChild.style.inlineSize = `${stage.clientWidth}px`);
	stage.firstChild.addEventListener("load", fit);
	// Before it has slid in, the dialog has no width; `on_show` is for the focus only.
	new ResizeObserver(fit).observe(stage);
	return dialog({
		title: __("Before and after"),
		size: "large",
		content: [stage, slider],
		primary: { label: __("Close"), action: async () => true },
	});
}

const caption = (row) => `${__(row.stage)} · ${date(row.taken_on, { short: true })}`;

function photo_dialog({ patient, on_done }) {
	const file = file_input({ accept: ".jpg,.jpeg,.png,.webp", label: __("Picture") });
	const stage = segmented({
		label: __("Stage"),
		value: "Before",
		options: STAGES.map((value) => ({ value, label: __(value) })),
	});
	const note = text_input({ label: __("Angle of this area") });
	const note_field = field({
		label: __("Angle of this area"),
		control: note.element,
		hint: __("How to stand and hold the camera, so that the next picture fits"),
	});
	note_field.hidden = true;
	const angle = segmented({
		label: __("Angle"),
		value: "Front",
		options: ANGLES.map((value) => ({ value, label: __(value) })),
		on_change: (value) => (note_field.hidden = value !== "Other"),
	});
	const area = text_input({ label: __("Body area") });
	const day = control({
		fieldtype: "Date",
		fieldname: "taken_on",
		value: frappe.datetime.get_today(),
	});
	const service = service_picker({});
	const publish = h("input", { type: "checkbox" });
	return dialog({
		title: __("New picture"),
		content: h(
			"div",
			{ class: "clinic-form" },
			field({ label: __("Picture"), control: file.element, required: true }),
			field({ label: __("Stage"), control: stage }),
			field({ label: __("Angle"), control: angle }),
			note_field,
			h(
				"div",
				{ class: "clinic-row" },
				field({ label: __("Body area"), control: area.element }),
				field({ label: __("Taken on"), control: day.element })
			),
			field({ label: __("Service"), control: service.element }),
			h("label", { class: "clinic-check" }, publish, __("Patient agrees to publication"))
		),
		primary: {
			label: __("Save"),
			action: async (button, error_area) => {
				const sent = await file.read();
				const args = {
					patient,
					stage: stage.dataset.value,
					angle: angle.dataset.value,
					angle_note: note.get() || null,
					body_area: area.get() || null,
					taken_on: day.get_value() || null,
					service: service.get() || null,
					may_publish: publish.checked ? 1 : 0,
					...sent,
				};
				await command(ADD, args, { button, error_area });
				toast(__("The picture is saved."));
				on_done?.();
			},
		},
	});
}
