/* Find a patient, register a patient: as dialogs of their own. */

import { dialog } from "../kit/dialogs.js";
import { h } from "../kit/dom.js";
import { refresh_list } from "../kit/compat.js";
import { code, digits, list } from "../kit/fmt.js";
import { toast } from "../kit/toast.js";
import { edit_form, register_form } from "./register_form.js";
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

/**
 * register_dialog({text, values, on_select(row)}): a new patient. Somebody who looks alike may be taken
 * instead: `on_select` gets that one.
 */
export function register_dialog({ text = "", values = {}, on_select } = {}) {
	const form = register_form({
		text,
		values,
		on_enter: () => frame.primary_button.click(),
		on_use: (row) => {
			frame.hide();
			if (on_select) on_select(row);
			else frappe.set_route("Form", "Clinic Patient", row.name);
		},
	});
	const frame = dialog({
		title: __("New patient"),
		content: form.element,
		on_show: form.focus,
		secondary: {
			label: __("Full form"),
			action: () => {
				frame.hide();
				frappe.new_doc("Clinic Patient", filled(form.read()));
			},
		},
		primary: {
			label: __("Register"),
			action: async (button, error_area) => {
				const warned = new Set(form.look_alikes().map((row) => row.name));
				const made = await form.save({ button, error_area });
				// Who was shown while typing needs no second warning.
				const unseen = made.duplicates.filter((row) => !warned.has(row.name));
				tell_duplicates({ ...made, duplicates: unseen });
				on_select?.(made);
			},
		},
	});
	return frame;
}

const filled = (values) => Object.fromEntries(Object.entries(values).filter(([, value]) => value));

/** correct_dialog({patient, on_done(row)}): name, number, gender and birth date in place (D08). */
export async function correct_dialog({ patient, on_done }) {
	let frame = null;
	const form = await edit_form(patient, { on_enter: () => frame.primary_button.click() }).catch(
		(error) => toast(error.message, { kind: "error" }) && null
	);
	if (!form) return null;
	const { before } = form;
	const file = before.file_no && __("File {0}", [code(before.file_no)]);
	frame = dialog({
		title: [__("Correct {0}", [before.full_name]), file].filter(Boolean).join(" · "),
		content: form.element,
		on_show: form.focus,
		primary: {
			label: __("Save"),
			action: async (button, error_area) => {
				const row = await form.save({ button, error_area });
				if (!row) return;
				toast(
					__("{0} is corrected. The old values stay in the history.", [row.full_name]),
					{
						kind: "success",
					}
				);
				refresh_list();
				document.dispatchEvent(
					new CustomEvent("clinic-person-corrected", { detail: row })
				);
				on_done?.(row);
			},
		},
	});
	return frame;
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
