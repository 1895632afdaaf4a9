/* The services that fit where one pointed: what a practitioner gives, what a room or device is for (E205). */

import { call } from "../kit/call.js";
import { h } from "../kit/dom.js";
import { service_picker } from "../service_catalog/pickers.js";

const SERVICES_OF = "clinic_core.scheduling.schedule_board.api.services_of";

/**
 * fitting_services({value, within: {practitioner or resource, title}, on_change}) → {element, hint,
 * focus, follow(practitioner)}: a picker of services, of all of them without `within`. `follow` is for who
 * chooses somebody else in the dialog.
 */
export function fitting_services({ value, within, on_change }) {
	let place = within || {};
	let known = names_of(place);
	const hint = h("span", { hidden: !within });
	const say = (title) => {
		hint.textContent = title ? __("Only what fits: {0}", [title]) : "";
		hint.hidden = !title;
	};
	say(within?.title);
	const picker = service_picker({ value, on_change, within: () => known });
	return {
		element: picker.element,
		hint: within ? hint : null,
		focus: picker.focus,
		follow(practitioner) {
			// A room stays the place that was pointed at, whoever comes into it.
			if (!within || within.resource) return;
			place = practitioner === within.practitioner ? within : {};
			known = names_of(place);
			say(place.title);
			picker.refetch();
		},
	};
}

// Without an answer everything is offered: what does not fit is refused when it is booked.
async function names_of({ practitioner = null, resource = null }) {
	if (!practitioner && !resource) return null;
	try {
		return new Set(await call(SERVICES_OF, { practitioner, resource }, { quiet: true }));
	} catch (error) {
		return null;
	}
}
