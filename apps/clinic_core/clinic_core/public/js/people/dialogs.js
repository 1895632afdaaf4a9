/* Find a patient, register a patient: as dialogs of their own. */

import { dialog } from "../kit/dialogs.js";
import { h } from "../kit/dom.js";
import { digits, list } from "../kit/fmt.js";
import { toast } from "../kit/toast.js";
import { register_form } from "./register_form.js";
import { search_box } from "./search_box.js";

/**
 * find_dialog({title, on_select(row), allow_register}) – row is {name, full_name, file_no, mobile}.
 * With `allow_register` (the default) nobody found leads to the registration in one step.
 */
export function find_dialog({ title, on_select, allow_register = true, text = "" } = {}) {
	const holder = h("div", { class: "clinic-find" });
	const frame = dialog({
		title: title || __("Find a patient"),
		content: holder,
		on_show: () => box.focus(),
	});
	const box = search_box(holder, {
		on_select: (row) => {
			frame.hide();
			on_select?.(row);
		},
		on_register: allow_register
			? (typed) => {
					frame.hide();
					register_dialog({ text: typed, on_select });
			  }
			: null,
	});
	box.input.value = text;
	return frame;
}

/** register_dialog({text, values, on_select(row)}): a new patient; tells of look-alikes. */
export function register_dialog({ text = "", values = {}, on_select } = {}) {
	const form = register_form({ text, values });
	return dialog({
		title: __("New patient"),
		content: form.element,
		on_show: form.focus,
		primary: {
			label: __("Register"),
			action: async (button, error_area) => {
				const made = await form.save({ button, error_area });
				tell_duplicates(made);
				on_select?.(made);
			},
		},
	});
}

/** Say that the file was made, and who looks alike. */
export function tell_duplicates(made) {
	const count = made.duplicates?.length || 0;
	if (!count) return toast(__("{0} was registered.", [made.full_name]));
	const names = list(made.duplicates.slice(0, 3).map((row) => row.full_name));
	toast(
		__("{0} was registered. {1} similar file(s) exist: {2}", [
			made.full_name,
			digits(count),
			names,
		]),
		{ kind: "warning" }
	);
}
