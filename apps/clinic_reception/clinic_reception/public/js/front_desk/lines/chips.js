/* What a line offers with one click: the free touch-up, another body area (G07). */

const { h } = clinic.ui;

/** Offered when the patient was here for it within the days; a second click takes it back. */
export function touch_up_chip(line, redraw) {
	const until = line.quote?.touch_up_until;
	if (line.promised || (!line.touch_up && !until)) return null;
	return h(
		"button",
		{
			class: "clinic-chip",
			"aria-pressed": String(line.touch_up),
			on_click: () => {
				line.touch_up = !line.touch_up;
				line.action = "Perform Now";
				redraw();
				line.requote();
			},
		},
		line.touch_up
			? __("Free touch-up: sell it instead")
			: __("Free touch-up until {0}", [clinic.fmt.date(until, { short: true })])
	);
}

/** Several areas of one service are several lines. */
export function another_area(list, line) {
	const taken = new Set(list.areas_of(line.service.name));
	const left = (line.service.areas || []).filter((area) => !taken.has(area.code));
	if (!left.length || line.proforma) return null;
	return h(
		"button",
		{
			class: "clinic-chip",
			"aria-haspopup": "menu",
			on_click: (event) =>
				clinic.ui.menu(
					event.currentTarget,
					left.map((area) => ({
						label: `${area.title} · ${clinic.fmt.money(area.amount)}`,
						on_click: () => list.add(line.service, { area: area.code }),
					})),
					{ title: __("Another body area") }
				),
		},
		clinic.ui.icon("plus", 12),
		__("Another body area")
	);
}
