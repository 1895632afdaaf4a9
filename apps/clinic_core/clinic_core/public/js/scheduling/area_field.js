/* The body area of a service (G07), where it has areas: each takes its own length. */

import { fill, h } from "../kit/dom.js";
import { duration } from "../kit/fmt.js";
import { field } from "../kit/ui.js";
import { service } from "../service_catalog/pickers.js";

/** area_field({on_change(code)}) → {element, show(service, area)}: hidden while there is no area. */
export function area_field({ on_change }) {
	const select = h("select", {
		class: "form-control clinic-select",
		"aria-label": __("Body area"),
		on_change: () => on_change(select.value || null),
	});
	const element = field({ label: __("Body area"), control: select });
	element.hidden = true;
	let ticket = 0;
	return {
		element,
		async show(name, area = null) {
			const mine = ++ticket;
			const areas = (name && (await service(name))?.areas) || [];
			if (mine !== ticket) return;
			element.hidden = !areas.length;
			fill(select, h("option", { value: "" }, __("Not decided yet")), areas.map(option));
			select.value = area || "";
		},
	};
}

function option(area) {
	const length = area.duration_minutes ? ` · ${duration(area.duration_minutes)}` : "";
	return h("option", { value: area.code }, area.title + length);
}
