/* What somebody comes for: kind of visit, consultant or immediate treatment, branch (D18–D20). */

const { h, field, segmented } = clinic.ui;

const TYPES = ["Consultation", "Review", "Treatment", "Other"];
const WITH_CONSULTANT = new Set(["Consultation", "Review"]);

/**
 * visit_choice({type, practitioner, ask_branch}) → {element, type(), immediate(), consultant(),
 * branch(), suggest(type)}. `suggest` changes nothing once the user has chosen.
 */
export function visit_choice({ type: first, practitioner = null, ask_branch = false }) {
	let type = first;
	let touched = false;
	const immediate = h("input", { type: "checkbox" });
	const at_once = h(
		"label",
		{ class: "clinic-check" },
		immediate,
		h("span", {}, __("Treat immediately")),
		h(
			"small",
			{ class: "text-muted" },
			__("goes straight to the treatment, without a consultant")
		)
	);
	const consultant = clinic.catalog.practitioner_picker({
		kinds: ["Consultant", "Doctor"],
		label: __("Consultant"),
		placeholder: __("Decide later"),
		value: practitioner,
	});
	const consultant_field = field({ label: __("Consultant"), control: consultant.element });
	const branch = ask_branch ? branch_select() : null;
	const show = (value) => {
		type = value;
		at_once.hidden = value !== "Treatment";
		consultant_field.hidden = !WITH_CONSULTANT.has(value);
	};
	const choice = segmented({
		label: __("Visit type"),
		value: first,
		on_change: (value) => {
			touched = true;
			show(value);
		},
		options: TYPES.map((value) => ({ value, label: __(value) })),
	});
	show(first);
	return {
		element: h(
			"div",
			{ class: "clinic-form" },
			choice,
			at_once,
			consultant_field,
			branch && field({ label: __("Branch"), control: branch, required: true })
		),
		type: () => type,
		immediate: () => (type === "Treatment" && immediate.checked ? 1 : 0),
		consultant: () => (consultant_field.hidden ? null : consultant.get()),
		branch: () => branch?.value || null,
		suggest: (value) => {
			if (touched) return;
			show(value);
			choice.set_value(value);
		},
	};
}

// Of a clinic with several branches: the one that was chosen last at this desk.
function branch_select() {
	const branches = Object.entries(clinic.boot().branches || {});
	if (branches.length < 2) return null;
	const select = h(
		"select",
		{
			class: "form-control clinic-select",
			"aria-label": __("Branch"),
			on_change: () => localStorage.setItem("clinic_reception_branch", select.value),
		},
		branches.map(([name, title]) => h("option", { value: name }, title))
	);
	const wanted = [
		localStorage.getItem("clinic_reception_branch"),
		frappe.defaults.get_user_default("Clinic Branch"),
		clinic.boot().default_branch,
	];
	const known = wanted.find((name) => branches.some(([branch]) => branch === name));
	select.value = known || branches[0][0];
	return select;
}
