/* The controls of a line, in a row; what is rarely needed is behind “More”. */

const { h } = clinic.ui;

// Of a service in several sessions all are sold either way.
const ACTIONS = {
	"Perform Now": (service) =>
		service.is_session_based ? __("All sessions, first one today") : __("Perform now"),
	"Sell for Later": (service) =>
		service.is_session_based ? __("All sessions, first one later") : __("Sell for later"),
};

/** Area, what happens, quantity, discount, practitioner. */
export function cells(line, redraw) {
	const cell = (label, content, size = "") =>
		h("div", { class: `clinic-line__cell ${size}` }, h("label", {}, label), content);
	const sold = !line.entitlement && !line.touch_up && !line.proforma;
	const countable = (line.service.is_countable && sold) || line.entitlement;
	return h(
		"div",
		{ class: "clinic-line__cells" },
		!line.entitlement &&
			line.service.areas?.length > 0 &&
			cell(__("Body area"), area_select(line, redraw)),
		!line.entitlement && !line.touch_up && cell(__("What happens"), action_select(line)),
		countable && cell(__("Quantity"), line.quantity.element, "clinic-line__cell--short"),
		sold && cell(__("Discount"), line.discount.element, "clinic-line__cell--discount"),
		cell(__("Practitioner"), line.practitioner.element)
	);
}

/** Technician, assistant, supplementary insurer. */
export function more_of(line) {
	const { field } = clinic.ui;
	return h(
		"details",
		{ class: "clinic-line__more" },
		h("summary", {}, __("More", null, "details of a line")),
		h(
			"div",
			{ class: "clinic-line__cells" },
			field({ label: __("Technician"), control: line.technician.element }),
			field({ label: __("Assistant"), control: line.assistant.element }),
			!line.entitlement && !line.proforma && line.contract.supplementary
		)
	);
}

function area_select(line, redraw) {
	const areas = line.service.areas;
	const select = h(
		"select",
		{
			class: "form-control clinic-select",
			"aria-label": __("Body area"),
			on_change: () => {
				line.area = select.value || null;
				redraw();
				line.requote();
			},
		},
		areas.length > 1 && h("option", { value: "" }, __("Choose the body area")),
		areas.map((area) => h("option", { value: area.code }, area.title))
	);
	select.value = line.area || "";
	select.disabled = Boolean(line.proforma);
	return select;
}

function action_select(line) {
	const select = h(
		"select",
		{
			class: "form-control clinic-select",
			"aria-label": __("What happens"),
			on_change: () => {
				line.action = select.value;
				line.requote();
			},
		},
		Object.keys(ACTIONS).map((value) => h("option", { value }, ACTIONS[value](line.service)))
	);
	select.value = line.action;
	return select;
}
