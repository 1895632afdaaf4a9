// What we use of the kit of clinic_core, which is loaded before this bundle.
export const h = (...args) => clinic.ui.h(...args);
export const fill = (...args) => clinic.ui.fill(...args);
export const icon = (...args) => clinic.ui.icon(...args);
export const badge = (...args) => clinic.ui.badge(...args);
export const field = (...args) => clinic.ui.field(...args);

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

/** Fields side by side. */
export function row(...fields) {
	return h("div", { class: "clinic-row" }, fields);
}

/** A box for several lines of text → {element, get()}. */
export function text_area({ value = "", label }) {
	const element = h("textarea", {
		class: "form-control",
		rows: 3,
		dir: "auto",
		"aria-label": label,
	});
	element.value = value || "";
	return { element, get: () => element.value.trim() };
}

/** Low, normal or important. */
export function priority_choice(value = "Normal") {
	return clinic.ui.segmented({
		label: __("Priority"),
		value,
		options: ["Low", "Normal", "Important"].map((each) => ({ value: each, label: __(each) })),
	});
}
