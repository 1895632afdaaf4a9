// The upcoming activity: planned while a lead is made or an activity is logged.

/** The switch "plan upcoming" and what it then requires (C042, C083). */
export function upcoming_fields() {
	const on = "eval:doc.plan_upcoming";
	return [
		{ fieldtype: "Section Break", label: __("Upcoming") },
		{ fieldname: "plan_upcoming", fieldtype: "Check", label: __("Plan the next activity") },
		{
			fieldname: "upcoming_title",
			fieldtype: "Data",
			label: __("Next: title"),
			depends_on: on,
			mandatory_depends_on: on,
		},
		{
			fieldname: "upcoming_date",
			fieldtype: "Date",
			label: __("Next: date"),
			depends_on: on,
			mandatory_depends_on: on,
		},
		{ fieldtype: "Column Break" },
		{
			fieldname: "upcoming_description",
			fieldtype: "Small Text",
			label: __("Next: description"),
			depends_on: on,
			mandatory_depends_on: on,
		},
	];
}

/** The `upcoming` argument, or null when the switch is off. */
export function upcoming_of(values) {
	if (!values.plan_upcoming) return null;
	return {
		title: values.upcoming_title,
		date: values.upcoming_date,
		description: values.upcoming_description,
	};
}
