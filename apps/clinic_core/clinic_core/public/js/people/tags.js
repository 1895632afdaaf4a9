/* Tags of a patient (D46): given and taken in two clicks, shown as chips in the list. */

import { call, command } from "../kit/call.js";
import { current_list } from "../kit/compat.js";
import { dialog } from "../kit/dialogs.js";
import { fill, h } from "../kit/dom.js";
import { toast } from "../kit/toast.js";
import { empty, skeleton } from "../kit/ui.js";
import { tag_chips } from "./marks.js";

const API = "clinic_core.people.tags.api";
const PATIENT = "Clinic Patient";

export const tags_menu_item = {
	order: 35,
	icon: "check",
	label: () => __("Tags"),
	show: () => frappe.model.can_write(PATIENT),
	on_click: ({ patient, full_name }) => tags_dialog({ patient, full_name }),
};

export const list_tags = () =>
	call(
		"frappe.client.get_list",
		{
			doctype: "Clinic Tag",
			filters: { is_active: 1 },
			fields: ["name as tag", "title", "colour", "kind"],
			order_by: "title asc",
			limit_page_length: 0,
		},
		{ quiet: true }
	);

/** tags_dialog({patient, full_name, on_done}). */
export function tags_dialog({ patient, full_name, on_done }) {
	const area = h("div", { class: "clinic-tag-choice" }, skeleton(1));
	let boxes = [];
	const show = async () => {
		const [tags, known] = await Promise.all([
			list_tags(),
			call(`${API}.chips_of`, { patients: [patient] }, { quiet: true }),
		]);
		const given = new Map((known[patient] || []).map((row) => [row.tag, row.given]));
		boxes = tags.map((row) => choice(row, given.get(row.tag)));
		if (boxes.length)
			return fill(
				area,
				boxes.map(({ element }) => element)
			);
		// Nothing to choose and nothing to save: say where tags come from.
		area.className = "";
		frame.primary_button.classList.add("hide");
		const hint = __("Managers make them in the list “{0}”.", [__("Clinic Tag")]);
		fill(area, empty({ icon: "check", title: __("There are no tags yet"), hint }));
	};
	const frame = dialog({
		title: __("Tags of {0}", [full_name]),
		content: area,
		primary: {
			label: __("Save"),
			action: async (button, error_area) => {
				const changed = boxes.filter(
					({ input, was }) => !input.disabled && input.checked !== was
				);
				if (!changed.length) return;
				const names = (on) =>
					changed.filter(({ input }) => input.checked === on).map(({ row }) => row.tag);
				const args = { patient, add: names(true), remove: names(false) };
				await command(`${API}.set_tags`, args, { button, error_area });
				toast(__("The tags are saved."));
				on_done?.();
			},
		},
	});
	show().catch((error) => fill(area, h("div", { class: "clinic-error" }, error.message)));
	return frame;
}

function choice(row, given) {
	const by_rule = given === "By Rule";
	const input = h("input", { type: "checkbox", checked: Boolean(given), disabled: by_rule });
	const element = h(
		"label",
		{ class: "clinic-check", title: by_rule ? __("Given by a rule") : null },
		input,
		tag_chips([row]),
		by_rule && h("small", { class: "text-muted" }, __("by rule"))
	);
	return { row, input, element, was: Boolean(given) };
}

/** Put the chips behind the names of a list of patients that has just been drawn. */
export async function decorate_list(listview) {
	const patients = (listview.data || []).map((row) => row.name);
	if (!patients.length) return;
	let found;
	try {
		found = await call(`${API}.chips_of`, { patients }, { quiet: true });
	} catch (error) {
		return;
	}
	for (const row of listview.$result[0].querySelectorAll(".list-row-container")) {
		const box = row.querySelector("[data-name]");
		const subject = row.querySelector(".list-subject");
		const tags = found[box?.dataset.name];
		if (!subject || !tags?.length || subject.querySelector(".clinic-list-tags")) continue;
		subject.append(h("span", { class: "clinic-list-tags" }, tag_chips(tags)));
	}
}

/** A button of the list: only patients with a tag. */
export function offer_tag_filter(listview) {
	listview.page.add_inner_button(__("By tag"), async () => {
		const tags = await list_tags();
		const frame = dialog({
			title: __("Patients with a tag"),
			size: "small",
			content: h(
				"div",
				{ class: "clinic-tag-choice" },
				tags.length
					? tags.map((row) => filter_button(row, () => frame.hide()))
					: empty({ icon: "check", title: __("There are no tags yet") })
			),
		});
	});
}

function filter_button(row, close) {
	return h(
		"button",
		{
			class: "clinic-tag-button",
			on_click: () => {
				close();
				const list = current_list();
				list?.filter_area.remove("tag");
				list?.filter_area.add([["Clinic Patient Tag", "tag", "=", row.tag]]);
			},
		},
		tag_chips([row])
	);
}
