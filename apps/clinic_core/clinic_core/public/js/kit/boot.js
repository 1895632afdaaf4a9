/* What the server tells the desk once per page load (clinic_core.boot.extend). */

const FALLBACK = {
	unit: null,
	currency: "",
	currency_label: "",
	type_in_display_unit: 0,
	phone_region: "",
	default_branch: null,
	calendar: "Automatic",
	today: null,
};

export function boot() {
	return Object.assign({}, FALLBACK, frappe.boot?.clinic);
}

export function lang() {
	return (frappe.boot?.lang || frappe.boot?.user?.language || "en").split("-")[0];
}

export function is_persian() {
	return lang() === "fa";
}

/** Whether dates are shown and typed in the Jalali calendar: as the person chose, else by the language. */
export function is_jalali() {
	const { calendar } = boot();
	return calendar === "Automatic" ? is_persian() : calendar === "Jalali";
}

/** The unit people see and type amounts in: {label, factor, decimals}. */
export function money_unit() {
	const { unit, type_in_display_unit, currency, currency_label } = boot();
	if (unit && type_in_display_unit) {
		return { label: __(unit.label), factor: unit.factor || 1, decimals: unit.decimals || 0 };
	}
	return { label: __(currency_label || currency), factor: 1, decimals: 0 };
}
