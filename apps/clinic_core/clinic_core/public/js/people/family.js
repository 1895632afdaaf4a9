/* Family and companions of a patient (Q3): on the form, and behind the name's menu. */

import { call, command } from "../kit/call.js";
import { dialog } from "../kit/dialogs.js";
import { fill, h } from "../kit/dom.js";
import { code, phone } from "../kit/fmt.js";
import { patient_name, control, empty, field, skeleton, tag } from "../kit/ui.js";
import { text_input } from "../controls/inputs.js";
import { search_box } from "./search_box.js";

const DOCTYPE = "Clinic Patient Relation";
const FAMILY = "clinic_core.people.family.api.family_of";
const RELATIONS = [
	"Mother",
	"Father",
	"Daughter",
	"Son",
	"Wife",
	"Husband",
	"Sister",
	"Brother",
	"Grandmother",
	"Grandfather",
	"Grandchild",
	"Guardian",
	"Ward",
	"Relative",
	"Friend",
	"Carer",
	"Cared For",
];
const ROLES = [
	["is_companion", () => __("Comes along")],
	["is_payer", () => __("Pays")],
	["is_emergency_contact", () => __("Emergency contact")],
	["may_be_told", () => __("May be told")],
];

export const load_family = (patient) => call(FAMILY, { patient }, { quiet: true });

export const family_menu_item = {
	order: 40,
	icon: "user",
	label: () => __("Family and companions"),
	show: () => frappe.model.can_read(DOCTYPE),
	on_click: ({ patient, full_name }) => family_dialog({ patient, full_name }),
};

/** family_dialog({patient, full_name}): who belongs to a patient; a click on a name opens that one's menu. */
export function family_dialog({ patient, full_name }) {
	return dialog({
		title: __("Family of {0}", [full_name]),
		content: family_panel(patient),
		primary: { label: __("Close"), action: async () => true },
	});
}

/** family_panel(patient) → element. */
export function family_panel(patient) {
	const list = h("div", { class: "clinic-care-list" }, skeleton(1));
	const show = async () => {
		try {
			const rows = await load_family(patient);
			const shown = rows.map((row) => person(row, show));
			fill(list, shown.length ? shown : empty({ icon: "user", title: __("Nobody yet") }));
		} catch (error) {
			fill(list, h("div", { class: "clinic-error" }, error.message));
		}
	};
	show();
	const add = h(
		"button",
		{
			class: "btn btn-default btn-sm",
			on_click: () => relation_dialog({ patient, on_done: show }),
		},
		__("Add somebody")
	);
	return h(
		"div",
		{ class: "clinic-form clinic-family" },
		list,
		frappe.model.can_create(DOCTYPE) && h("div", {}, add)
	);
}

function person(row, changed) {
	const roles = ROLES.filter(([role]) => row[role]).map(([, label]) =>
		tag({ text: label(), tone: "info" })
	);
	const remove = h(
		"button",
		{
			class: "btn btn-xs btn-default",
			on_click: () =>
				command(
					"frappe.client.delete",
					{ doctype: DOCTYPE, name: row.row },
					{ button: remove }
				).then(changed, () => {}),
		},
		__("Remove")
	);
	return h(
		"div",
		{ class: "clinic-care-row" },
		h("span", { class: "text-muted" }, __(row.relation)),
		patient_name(row),
		row.file_no && h("span", { class: "text-muted" }, __("File {0}", [code(row.file_no)])),
		row.phone && h("bdi", { class: "text-muted", dir: "ltr" }, phone(row.phone)),
		roles,
		row.note && h("span", { class: "text-muted" }, row.note),
		frappe.model.can_delete(DOCTYPE) && remove
	);
}

/** relation_dialog({patient, on_done}): somebody with a file, or a name and a number. */
export function relation_dialog({ patient, on_done }) {
	let chosen = null;
	const who = h("p", { hidden: true });
	const box = search_box(null, {
		on_select: (row) => {
			chosen = row;
			box.clear();
			who.hidden = false;
			fill(who, h("strong", {}, row.full_name));
			others.hidden = true;
		},
	});
	const name = text_input({ label: __("Name") });
	const number = text_input({ label: __("Phone"), kind: "phone" });
	const others = h(
		"div",
		{ class: "clinic-row" },
		field({ label: __("or name, without a file here"), control: name.element }),
		field({ label: __("Phone"), control: number.element })
	);
	const relation = control({
		fieldtype: "Select",
		fieldname: "relation",
		options: RELATIONS.map((value) => ({ value, label: __(value) })),
		value: "Mother",
	});
	const checks = ROLES.map(([role, label]) => {
		const input = h("input", { type: "checkbox" });
		return { role, input, element: h("label", { class: "clinic-check" }, input, label()) };
	});
	return dialog({
		title: __("Somebody of the family, or a companion"),
		content: h(
			"div",
			{ class: "clinic-form" },
			field({ label: __("What is this person to the patient?"), control: relation.element }),
			field({ label: __("Find a patient"), control: h("div", {}, box.element, who) }),
			others,
			h(
				"div",
				{ class: "clinic-checks" },
				checks.map(({ element }) => element)
			)
		),
		primary: {
			label: __("Add"),
			action: async (button, error_area) => {
				if (!chosen && !name.get()) throw new Error(__("Choose a file, or write a name."));
				const doc = {
					doctype: DOCTYPE,
					patient,
					relation: relation.get_value(),
					relative: chosen?.name || null,
					relative_name: chosen ? null : name.get(),
					phone: chosen ? null : number.get(),
				};
				for (const { role, input } of checks) doc[role] = input.checked ? 1 : 0;
				await command("frappe.client.insert", { doc }, { button, error_area });
				on_done?.();
			},
		},
	});
}
