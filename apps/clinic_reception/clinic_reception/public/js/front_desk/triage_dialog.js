/* Send somebody on: to a consultant, or to a department for treatment (D24, D27). */

const { h, field, segmented } = clinic.ui;

const DESK = "clinic_reception.front_desk.api";

/** triage_dialog(desk, row) – row of the board. */
export function triage_dialog(desk, row) {
	let kind = "Consultation";
	const consultant = clinic.catalog.practitioner_picker({
		kinds: ["Consultant", "Doctor"],
		placeholder: __("Choose a consultant"),
		label: __("Consultant"),
		value: row.practitioner,
	});
	const department = clinic.catalog.department_picker({
		placeholder: __("Choose a department"),
		value: row.department,
	});
	const operator = clinic.catalog.practitioner_picker({ kinds: ["Operator", "Doctor"] });
	const to_consultant = field({
		label: __("Consultant"),
		control: consultant.element,
		required: true,
	});
	const to_department = h(
		"div",
		{ class: "clinic-row" },
		field({ label: __("Department"), control: department.element, required: true }),
		field({ label: __("Practitioner"), control: operator.element })
	);
	const show = (value) => {
		kind = value;
		to_consultant.hidden = value !== "Consultation";
		to_department.hidden = value !== "Treatment";
	};
	const choice = segmented({
		label: __("Send to"),
		value: kind,
		on_change: show,
		options: [
			{ value: "Consultation", label: __("Consultation") },
			{ value: "Treatment", label: __("Treatment") },
		],
	});
	show(row.visit_type === "Treatment" ? "Treatment" : "Consultation");
	choice.set_value(kind);
	clinic.ui.dialog({
		title: __("Send {0} to", [row.full_name]),
		content: h(
			"div",
			{ class: "clinic-form" },
			clinic.people.marks_strip(row.patient),
			choice,
			to_consultant,
			to_department
		),
		on_show: () => (kind === "Consultation" ? consultant : department).focus(),
		primary: {
			label: __("Send"),
			action: (button, error_area) => {
				const to =
					kind === "Consultation"
						? { practitioner: needed(consultant, __("Please choose a consultant.")) }
						: {
								department: needed(department, __("Please choose a department.")),
								practitioner: operator.get(),
						  };
				return send(desk, row, { kind, ...to }, { button, error_area });
			},
		},
	});
}

function needed(picker, message) {
	const value = picker.get();
	if (value) return value;
	picker.focus();
	throw new Error(message);
}

async function send(desk, row, to, opts) {
	const made = await clinic.command(`${DESK}.triage`, { visit: row.visit, ...to }, opts);
	clinic.ui.toast(__("{0} was sent on.", [row.full_name]), {
		about: row.visit,
		action: { label: __("Undo"), on_click: () => undo(desk, made.triage) },
	});
	desk.refresh();
}

async function undo(desk, triage) {
	const args = { triage, reason: __("Undone right after it was made") };
	await clinic.command(`${DESK}.void_triage`, args).then(
		() => clinic.ui.toast(__("Undone.")),
		() => {}
	);
	desk.refresh();
}
