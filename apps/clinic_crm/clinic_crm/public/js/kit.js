// What we use of the kit of clinic_core, which is loaded before this bundle.
export const h = (...args) => clinic.ui.h(...args);
export const fill = (...args) => clinic.ui.fill(...args);
export const icon = (...args) => clinic.ui.icon(...args);
export const badge = (...args) => clinic.ui.badge(...args);

/** A number that reads left to right in any language. */
export function phone(number) {
	return number && h("bdi", { class: "clinic-phone", dir: "ltr" }, clinic.fmt.phone(number));
}

/** A person's name: with the menu of the kit for a patient, plain for anybody else. */
export function person({ patient, person_name, file_no }) {
	if (!patient) return h("span", {}, person_name || __("Unknown person"));
	return clinic.ui.patient_name({ patient, full_name: person_name || patient, file_no });
}

/** A button of Frappe's own looks. */
export function button(label, on_click, { kind = "default", size = "sm", ...more } = {}) {
	return h("button", { class: `btn btn-${kind} btn-${size}`, on_click, ...more }, label);
}

/**
 * A dialog of Frappe fields. `action(values, {button, error_area})` may throw: the dialog stays
 * open and shows the error; otherwise it closes.
 */
export function form_dialog({ title, size = "large", fields, label, action }) {
	const error_area = h("div", { class: "clinic-error", hidden: true });
	const dialog = new frappe.ui.Dialog({
		title,
		size,
		fields,
		primary_action_label: label,
		primary_action: async (values) => {
			const element = dialog.get_primary_btn()[0];
			if (element.disabled) return;
			try {
				await action(values, { button: element, error_area });
			} catch (error) {
				if (error.name !== "ServerError") clinic.ui.show_error(error, error_area);
				return;
			}
			dialog.hide();
		},
	});
	dialog.$body.append(error_area);
	// Without this a closed dialog stays in the page with all its controls.
	dialog.$wrapper.on("hidden.bs.modal", () => dialog.$wrapper.remove());
	dialog.show();
	return dialog;
}

/** Select options whose labels are translated. */
export function options(values) {
	return values.map((value) => ({ value, label: value && __(value) }));
}
