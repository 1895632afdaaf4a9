/* Merging two files (D44): find the first by phone, the second, choose field by field, say why, merge. */

import { call, command, show_error } from "../../kit/call.js";
import { dialog } from "../../kit/dialogs.js";
import { fill, h } from "../../kit/dom.js";
import { number } from "../../kit/fmt.js";
import { toast } from "../../kit/toast.js";
import { button, field, skeleton, tag } from "../../kit/ui.js";
import { search_box } from "../search_box.js";
import { consequences, differences, obstacles, person_card } from "./sides.js";

const PREVIEW = "clinic_core.people.merging.api.preview_merge";
const MERGE = "clinic_core.people.api.merge_patients";

/** May this user merge files? */
export function may_merge() {
	// Nobody makes one in its form, so Frappe lists it apart from what can be created there.
	const { can_create = [], in_create = [] } = frappe.boot.user;
	return [...can_create, ...in_create].includes("Clinic Patient Merge");
}

/**
 * merge_dialog({keep, duplicate, on_done(answer)}): names of the two files; what is missing is looked for
 * in the dialog. `keep` is the file that stays.
 */
export function merge_dialog({ keep = null, duplicate = null, on_done } = {}) {
	const state = { keep, duplicate, choices: {}, ticket: 0 };
	const view = { state, slots: h("div"), rest: h("div") };
	const reason = h("textarea", { class: "form-control", rows: 2, "aria-label": __("Reason") });
	view.reason = field({ label: __("Reason"), control: reason, required: true });
	view.frame = dialog({
		title: __("Merge two files of one person"),
		size: "extra-large",
		content: h("div", { class: "clinic-merge" }, view.slots, view.rest),
		on_show: () => view.slots.querySelector("input")?.focus(),
		primary: {
			label: __("Merge files"),
			action: (primary, area) =>
				merge(view, reason, { button: primary, error_area: area }, on_done),
		},
	});
	draw(view);
	return view.frame;
}

async function merge({ state }, reason, opts, on_done) {
	if (!state.keep || !state.duplicate) throw new Error(__("Choose both files first."));
	if (!reason.value.trim()) {
		reason.focus();
		throw new Error(__("Please write a reason."));
	}
	const { keep, duplicate, choices } = state;
	const answer = await command(
		MERGE,
		{ keep, duplicate, choices, reason: reason.value.trim() },
		opts
	);
	toast(__("The files are merged, {0} documents moved.", [number(answer.moved)]), {
		kind: "success",
		action: {
			label: __("Show"),
			on_click: () => frappe.set_route("Form", "Clinic Patient Merge", answer.merge),
		},
	});
	on_done?.(answer);
}

async function draw(view) {
	const { state } = view;
	const ticket = ++state.ticket;
	state.choices = {};
	if (!state.keep || !state.duplicate) {
		fill(view.rest);
		fill(
			view.slots,
			h("div", { class: "clinic-merge__sides" }, slot(view, "keep"), slot(view, "duplicate"))
		);
		return view.slots.querySelector("input")?.focus();
	}
	fill(view.rest, skeleton(3));
	try {
		const { keep, duplicate } = state;
		const preview = await call(PREVIEW, { keep, duplicate }, { quiet: true });
		if (ticket === state.ticket) show(view, preview);
	} catch (error) {
		if (ticket !== state.ticket) return;
		state.duplicate = null;
		fill(view.rest);
		draw(view);
		show_error(error, view.frame.error_area);
	}
}

const NOTES = {
	keep: () => __("This file is kept"),
	duplicate: () => __("This file is merged into it"),
};

// A side that is not chosen yet: who was chosen beside it is shown once both are there.
function slot(view, side) {
	const chosen = view.state[side];
	const holder = h("div", { class: "clinic-merge__person" }, tag({ text: NOTES[side]() }));
	if (chosen) {
		holder.append(
			h("div", { class: "clinic-merge__name" }, view.state[`${side}_name`] || "…")
		);
		name_of(chosen).then((text) => (holder.lastChild.textContent = text));
	} else {
		search_box(holder, {
			placeholder: __("Phone, name or file number"),
			label: NOTES[side](),
			on_select: (row) => {
				if (row.name === view.state[side === "keep" ? "duplicate" : "keep"])
					return show_error(
						new Error(__("This is the same file. Choose another one.")),
						view.frame.error_area
					);
				view.state[side] = row.name;
				draw(view);
			},
		});
	}
	return holder;
}

async function name_of(patient) {
	const card = await call(
		"clinic_core.people.api.patient_card",
		{ patient },
		{ quiet: true }
	).catch(() => ({ full_name: patient }));
	return card.full_name;
}

function show(view, preview) {
	const { state } = view;
	const swap = button({
		label: __("Keep the other one"),
		icon: "refresh",
		kind: "soft",
		on_click: () => {
			[state.keep, state.duplicate] = [state.duplicate, state.keep];
			draw(view);
		},
	});
	const other = button({
		label: __("Choose another file"),
		kind: "quiet",
		on_click: () => {
			state.duplicate = null;
			draw(view);
		},
	});
	fill(
		view.slots,
		h(
			"div",
			{ class: "clinic-merge__sides" },
			person_card(preview.keep, { note: NOTES.keep(), tone: "success" }),
			person_card(preview.duplicate, { note: NOTES.duplicate(), tone: "warning" })
		),
		h("div", { class: "clinic-merge__swap" }, likeness(preview.likeness), swap, other)
	);
	fill(
		view.rest,
		obstacles(preview.refusals),
		h("h4", { class: "clinic-merge__heading" }, __("Which value is right?")),
		differences(preview.fields, state.choices),
		h("h4", { class: "clinic-merge__heading" }, __("What happens")),
		consequences(preview),
		view.reason
	);
}

function likeness({ score, reasons }) {
	if (!score)
		return tag({ text: __("Nothing speaks for one person"), tone: "danger", icon: "alert" });
	const text = [__("{0}% alike", [number(score)]), ...reasons].join(" · ");
	return tag({ text, tone: score >= 70 ? "success" : "warning" });
}
