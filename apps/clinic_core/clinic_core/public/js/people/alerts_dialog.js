/* The alerts of a patient in a dialog: see them, add one, switch one off (F41). */

import { call, command } from "../kit/call.js";
import { dialog } from "../kit/dialogs.js";
import { fill, h } from "../kit/dom.js";
import { control, empty, field, segmented, skeleton } from "../kit/ui.js";
import { text_input } from "../controls/inputs.js";
import { alert_chips } from "./marks.js";

const DOCTYPE = "Clinic Patient Alert";
const KINDS = [
	"Allergy",
	"Pregnancy",
	"Medication",
	"Medical Condition",
	"Behaviour",
	"Administrative",
];
const CLINICAL = ["Medical Condition", "Behaviour"];
const CLINICAL_ROLES = [
	"Clinic Manager",
	"Clinic Branch Supervisor",
	"Clinic Practitioner",
	"Clinic Operator",
	"System Manager",
];
const SEVERITIES = ["Danger", "Warning", "Info"];

export const alerts_menu_item = {
	order: 30,
	icon: "alert",
	label: () => __("Alerts and allergies"),
	show: () => frappe.model.can_read(DOCTYPE),
	on_click: ({ patient, full_name }) => alerts_dialog({ patient, full_name }),
};

/** alerts_dialog({patient, full_name, on_done}). */
export function alerts_dialog({ patient, full_name, on_done }) {
	const list = h("div", { class: "clinic-care-list" }, skeleton(2));
	const may_write = frappe.model.can_create(DOCTYPE);
	const form = may_write && new_alert();
	const changed = () => {
		on_done?.();
		return show();
	};
	const show = async () => {
		const rows = await call("frappe.client.get_list", asked(patient), { quiet: true });
		const shown = rows.map((row) => alert_row(row, may_write, changed));
		fill(list, shown.length ? shown : empty({ icon: "check", title: __("No alerts") }));
	};
	const frame = dialog({
		title: __("Alerts of {0}", [full_name]),
		content: h(
			"div",
			{ class: "clinic-form" },
			list,
			form && h("h5", {}, __("New alert")),
			form?.element
		),
		on_show: () => form?.text.input.focus(),
		primary: may_write && {
			label: __("Add alert"),
			action: async (button, error_area) => {
				const doc = { doctype: DOCTYPE, patient, ...form.read() };
				await command("frappe.client.insert", { doc }, { button, error_area });
				form.text.set("");
				await changed();
				return false;
			},
		},
	});
	show().catch((error) => fill(list, h("div", { class: "clinic-error" }, error.message)));
	return frame;
}

/** alerts_panel({patient, full_name}) → element: the way to change what stands above the form. */
export function alerts_panel({ patient, full_name }) {
	return h(
		"div",
		{ class: "clinic-form" },
		frappe.model.can_create(DOCTYPE) &&
			h(
				"div",
				{},
				h(
					"button",
					{
						class: "btn btn-default btn-sm",
						on_click: () => alerts_dialog({ patient, full_name }),
					},
					__("Change alerts")
				)
			)
	);
}

const asked = (patient) => ({
	doctype: DOCTYPE,
	filters: { patient, is_active: 1 },
	fields: ["name", "kind", "severity", "text", "valid_until"],
	order_by: "creation asc",
	limit_page_length: 0,
});

function alert_row(row, may_write, changed) {
	const off = h(
		"button",
		{
			class: "btn btn-xs btn-default",
			on_click: () => switch_off(row.name, off).then(changed, () => {}),
		},
		__("Switch off")
	);
	return h(
		"div",
		{ class: "clinic-care-row" },
		h("span", { class: "text-muted" }, __(row.kind)),
		alert_chips([{ ...row, severity: row.severity.toLowerCase() }]),
		may_write && off
	);
}

const switch_off = (name, button) =>
	command(
		"frappe.client.set_value",
		{ doctype: DOCTYPE, name, fieldname: "is_active", value: 0 },
		{ button }
	);

function new_alert() {
	const clinical = CLINICAL_ROLES.some((role) => frappe.user.has_role(role));
	const kinds = KINDS.filter((kind) => clinical || !CLINICAL.includes(kind));
	const kind = choice(__("Kind"), kinds);
	const severity = choice(__("Severity"), SEVERITIES);
	const text = text_input({ label: __("Text") });
	const until = control({ fieldtype: "Date", fieldname: "valid_until" });
	const element = h(
		"div",
		{ class: "clinic-form" },
		field({ label: __("Kind"), control: kind }),
		field({ label: __("Text"), control: text.element, required: true }),
		h(
			"div",
			{ class: "clinic-row" },
			field({ label: __("Severity"), control: severity }),
			field({
				label: __("Valid until"),
				control: until.element,
				hint: __("Empty: until it is switched off"),
			})
		)
	);
	const read = () => {
		if (!text.get()) {
			text.input.focus();
			throw new Error(__("Please write what must be known."));
		}
		return {
			kind: kind.dataset.value,
			severity: severity.dataset.value,
			text: text.get(),
			valid_until: until.get_value() || null,
		};
	};
	return { element, text, read };
}

const choice = (label, values) =>
	segmented({
		label,
		value: values[0],
		options: values.map((value) => ({ value, label: __(value) })),
	});
