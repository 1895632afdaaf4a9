// What we use of the kit of clinic_core, which is loaded before this bundle.
export const h = (...args) => clinic.ui.h(...args);
export const fill = (...args) => clinic.ui.fill(...args);
export const icon = (...args) => clinic.ui.icon(...args);
export const badge = (...args) => clinic.ui.badge(...args);
export const money = (...args) => clinic.fmt.money(...args);

/** A button of Frappe's own looks. */
export function button(label, on_click, { kind = "default", size = "sm", ...more } = {}) {
	return h("button", { class: `btn btn-${kind} btn-${size}`, on_click, ...more }, label);
}

/** An amount with its unit, aligned for columns. */
export function amount(value, { unit = false, sign = false } = {}) {
	return h("span", { class: "clinic-money" }, money(value, { unit, sign }));
}

/** A number such as 1405-MAIN-000003 for use inside a sentence: it reads left to right there too. */
export function number_in_text(value) {
	return value ? `\u2066${clinic.fmt.digits(value)}\u2069` : "";
}
