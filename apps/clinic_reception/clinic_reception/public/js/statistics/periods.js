/* The periods figures are asked of, as the reader names them. */

/** Options of a choice of periods: months, quarters and years of the reader's own calendar. */
export function period_options() {
	const options = [
		["week", __("This week")],
		["month", __("This month")],
		["last_month", __("Last month")],
		["quarter", __("This quarter")],
		["year", __("This year")],
		["custom", __("Days of my own")],
	];
	if (!clinic.is_jalali()) options.splice(2, 0, ["jalali_month", __("This Jalali month")]);
	return options.map(([value, label]) => ({ value, label }));
}

/** “1 – 30 November 2026”, “۱ تا ۳۰ آبان ۱۴۰۵”. */
export function period_text({ first, last }) {
	const short = (day) => clinic.fmt.date(day, { short: true });
	return first === last ? short(first) : __("{0} to {1}", [short(first), short(last)]);
}

/** The short name of a Jalali month, in any language: “Aban”, «آبان». */
export function jalali_month({ first }, { year = false } = {}) {
	const numbers = clinic.is_persian() ? "arabext" : "latn";
	const locale = `${clinic.lang()}-u-ca-persian-nu-${numbers}`;
	const options = { month: "long", timeZone: "UTC", ...(year ? { year: "numeric" } : {}) };
	const parts = new Intl.DateTimeFormat(locale, options).formatToParts(
		new Date(`${first}T00:00:00Z`)
	);
	return ["month", "year"]
		.map((type) => parts.find((part) => part.type === type)?.value)
		.filter(Boolean)
		.join(" ");
}
