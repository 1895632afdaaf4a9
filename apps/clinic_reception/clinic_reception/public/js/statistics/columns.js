/* The columns of the table: what they are called, how a figure is shown, what a click on it opens. */

/** Columns of the table; those marked `if_any` are left out when the whole column is nothing. */
export function columns() {
	return [
		{ field: "service_name", label: __("Service"), kind: "text" },
		{ field: "receptions", label: __("Receptions"), kind: "number", opens: "receptions" },
		{ field: "quantity", label: __("Quantity sold"), kind: "number" },
		{ field: "used", label: __("Purchases used"), kind: "number", if_any: true },
		{ field: "list_total", label: __("At list price"), kind: "money" },
		{
			field: "contract_adjustment",
			label: __("Contract adjustment"),
			kind: "money",
			if_any: true,
		},
		{ field: "discount", label: __("Discount"), kind: "money" },
		{ field: "net", label: __("Net revenue"), kind: "money", opens: "receptions" },
		{ field: "share_percent", label: __("Share of the whole"), kind: "percent" },
		{ field: "trend_percent", label: __("Change"), kind: "trend" },
		{ field: "spark", label: __("Twelve Jalali months"), kind: "spark" },
		{ field: "insurer_share", label: __("Insurer share"), kind: "money" },
		{ field: "patient_share", label: __("Patient share"), kind: "money" },
		{
			field: "new_patients",
			label: __("New patients"),
			kind: "number",
			opens: "new_patients",
		},
		{
			field: "appointments",
			label: __("Appointments"),
			kind: "number",
			opens: "appointments",
		},
		{ field: "no_shows", label: __("No-shows"), kind: "number", opens: "no_shows" },
		{ field: "no_show_percent", label: __("No-show rate"), kind: "percent" },
	];
}

/** A figure as text. */
export function figure(kind, value) {
	if (value === null || value === undefined) return "–";
	if (kind === "money") return clinic.fmt.money(value);
	if (kind === "percent") return percent(value);
	if (kind === "trend") return `${value > 0 ? "+" : ""}${percent(value)}`;
	if (kind === "number") return clinic.fmt.number(value);
	return String(value);
}

const percent = (value) =>
	`${clinic.fmt.number(value, { decimals: Number.isInteger(value) ? 0 : 1 })}${
		clinic.is_persian() ? "٪" : "%"
	}`;
