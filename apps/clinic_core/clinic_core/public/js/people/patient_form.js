/* Parts of the form of a patient: its history, the clinic's questions, which phone is main. */

import { call } from "../kit/call.js";
import { fill, h } from "../kit/dom.js";
import { date, datetime } from "../kit/fmt.js";
import { button, empty, field, skeleton, tag } from "../kit/ui.js";
import { age_text, birth_input } from "./birth_input.js";
import { look_alikes } from "./look_alikes.js";

export { age_text };

const HISTORY = "clinic_core.people.patient_file.api.file_history";

/** Fill the tab History: who changed what, newest first, a page at a time (D42, D48). */
export async function show_history(frm) {
	const holder = frm.get_field("history_html")?.$wrapper[0];
	if (!holder || frm.is_new()) return;
	const patient = frm.doc.name;
	const list = h("div", { class: "clinic-history" });
	const more = h("div");
	fill(holder, skeleton(3));
	let start = 0;
	const load = async () => {
		const answer = await call(HISTORY, { patient, start }, { quiet: true });
		if (frm.doc.name !== patient) return;
		start += 20;
		list.append(...answer.rows.map(entry));
		if (!list.children.length) {
			const hint = __("What is changed from now on is kept here with its old value.");
			return fill(
				holder,
				empty({ icon: "clock", title: __("Nothing was changed yet"), hint })
			);
		}
		fill(more, answer.has_more && button({ label: __("Show older changes"), on_click: load }));
		fill(holder, list, more);
	};
	await load().catch((error) =>
		fill(holder, h("div", { class: "clinic-error" }, error.message))
	);
}

function entry(row) {
	return h(
		"div",
		{ class: "clinic-history__entry" },
		h(
			"div",
			{ class: "clinic-history__head" },
			h("strong", {}, row.user_name),
			h("span", {}, datetime(row.when)),
			row.kind === "source" && tag({ text: __("Referral source"), tone: "info" })
		),
		row.changes.map((change) =>
			h(
				"div",
				{ class: "clinic-history__change" },
				h("span", { class: "clinic-history__label" }, change.label),
				change.old &&
					h("bdi", { class: "clinic-history__old" }, shown(change, change.old)),
				h("span", { "aria-hidden": "true" }, document.dir === "rtl" ? "←" : "→"),
				h("bdi", {}, change.new ? shown(change, change.new) : __("(empty)"))
			)
		),
		row.reason &&
			h("div", { class: "clinic-history__reason" }, __("Reason: {0}", [row.reason]))
	);
}

const shown = (change, value) => (change.type === "Date" ? date(value, { short: true }) : value);

/** The clinic's own questions with this patient's answers, typed straight into the file (E211). */
export async function show_questionnaire(frm) {
	const holder = frm.get_field("questionnaire_html")?.$wrapper[0];
	if (!holder) return;
	const questions = await active_questions().catch(() => []);
	if (!questions.length) {
		return fill(
			holder,
			h(
				"p",
				{ class: "text-muted" },
				__(
					"The clinic asks no questions yet. A manager adds them under “Patient questions”."
				)
			)
		);
	}
	fill(
		holder,
		h(
			"div",
			{ class: "clinic-questionnaire" },
			questions.map((question) =>
				field({ label: __(question.question), control: answer_box(frm, question) })
			)
		)
	);
}

const active_questions = () =>
	call(
		"frappe.client.get_list",
		{
			doctype: "Clinic Patient Question",
			fields: ["name", "question", "kind", "options"],
			filters: { is_active: 1 },
			order_by: "position asc, creation asc",
			limit_page_length: 0,
		},
		{ quiet: true }
	);

function answer_box(frm, question) {
	const known = (frm.doc.answers || []).find((row) => row.question === question.name);
	const write = (value) => set_answer(frm, question.name, value);
	const may = Boolean(frm.perm?.[0]?.write) && !frm.read_only;
	const value = known?.answer || "";
	if (question.kind === "Choice" || question.kind === "Yes or No") {
		const options = question.kind === "Choice" ? question.options.split("\n") : ["Yes", "No"];
		const select = h(
			"select",
			{
				class: "form-control",
				disabled: !may,
				"aria-label": __(question.question),
				on_change: () => write(select.value),
			},
			["", ...options].map((option) => h("option", { value: option }, option && __(option)))
		);
		select.value = value;
		return select;
	}
	if (question.kind === "Date") {
		const box = birth_input({ value, on_change: () => write(box.get()) });
		return box.element;
	}
	const input = h("input", {
		class: "form-control",
		dir: question.kind === "Number" ? "ltr" : "auto",
		disabled: !may,
		"aria-label": __(question.question),
		on_change: () => write(input.value.trim()),
	});
	input.value = value;
	return input;
}

function set_answer(frm, question, answer) {
	const rows = frm.doc.answers || [];
	const known = rows.find((row) => row.question === question);
	if (known) known.answer = answer;
	else if (answer) Object.assign(frm.add_child("answers"), { question, answer });
	frm.dirty();
}

/** One phone is main: ticking another one unticks the first (as many as have the field `is_main`). */
export function only_one_main(frm, doctype, name) {
	const row = locals[doctype][name];
	if (!row?.is_main) return;
	for (const other of frm.doc[row.parentfield] || []) {
		if (other.name !== name && other.is_main) {
			frappe.model.set_value(other.doctype, other.name, "is_main", 0);
		}
	}
}

/** The age below the birth date, in the words of the reader. */
export function show_age(frm) {
	const control = frm.get_field("birth_date");
	if (!control) return;
	control.set_description?.(age_text(frm.doc.birth_date));
}

/** Ask why when a source that was known is changed (D48). */
export function mind_source(frm) {
	const before = frm.clinic_source_before;
	frm.doc.__source_changed = Boolean(
		!frm.is_new() && before && before !== frm.doc.referral_source
	);
	frm.layout?.refresh_dependency?.();
}

/** Who a new file may be a second one of, above its boxes while they are filled in (B17). */
export function watch_look_alikes(frm) {
	const holder = frm.get_field("look_alikes_html")?.$wrapper[0];
	if (!holder) return;
	if (!frm.is_new()) return fill(holder);
	const open = (row) => frappe.set_route("Form", "Clinic Patient", row.name);
	frm.clinic_alikes = look_alikes({ read: () => frm.doc, on_use: open });
	fill(holder, frm.clinic_alikes.element);
	frm.clinic_alikes.ask();
}

/** Something of the person was typed. */
export function ask_look_alikes(frm) {
	if (frm.is_new()) frm.clinic_alikes?.ask();
}
