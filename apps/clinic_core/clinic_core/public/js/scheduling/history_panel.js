/* What happened to an appointment, on its form: moves and states with reasons, who and when (D30–D35). */

import { call } from "../kit/call.js";
import { fill, h } from "../kit/dom.js";
import { datetime, duration } from "../kit/fmt.js";
import { badge, skeleton, tag } from "../kit/ui.js";

const HISTORY = "clinic_core.scheduling.history.api.history";

const KINDS = {
	Moved: () => __("Moved", null, "Clinic Appointment"),
	Undone: () => __("Undone", null, "Clinic Appointment"),
	Changed: () => __("Changed", null, "Clinic Appointment"),
};
const TONES = { Moved: "warning", Undone: "neutral", Changed: "neutral" };

/** Fill the section History of the form; the booking itself stands last. */
export async function show_history(frm) {
	const holder = frm.get_field("history_html")?.$wrapper[0];
	if (!holder || frm.is_new()) return;
	const appointment = frm.doc.name;
	if (!holder.children.length) fill(holder, skeleton(2));
	try {
		const { entries, origin } = await call(HISTORY, { appointment }, { quiet: true });
		if (frm.doc.name !== appointment) return;
		fill(holder, history_list({ entries, origin }));
	} catch (error) {
		fill(holder, h("div", { class: "clinic-error" }, error.message));
	}
}

/** The history as elements, wherever an appointment is shown. */
export function history_list({ entries, origin }) {
	return [origin_line(origin), h("ol", { class: "clinic-moves" }, entries.map(entry))];
}

function origin_line({ through, doctype, name }) {
	if (!through && !name) return null;
	const open = (event) => {
		event.preventDefault();
		frappe.set_route("Form", doctype, name);
	};
	const href = name && frappe.utils.get_form_link(doctype, name);
	return h(
		"div",
		{ class: "clinic-moves__origin" },
		h("span", { class: "text-muted" }, __("Booked through")),
		through && tag({ text: __(through, null, "Clinic Appointment"), tone: "info" }),
		name && h("a", { href, on_click: open }, __("Open the {0}", [__(doctype)]))
	);
}

function entry(row) {
	const arrow = document.documentElement.dir === "rtl" ? "←" : "→";
	const change = (old, now) =>
		(old || now) &&
		h(
			"div",
			{ class: "clinic-moves__change" },
			old && h("bdi", { class: "clinic-moves__old" }, old),
			old && h("span", { "aria-hidden": "true" }, arrow),
			h("bdi", {}, now)
		);
	const when = (value) => value && datetime(value);
	const length = (minutes) => minutes && duration(minutes);
	return h(
		"li",
		{ class: "clinic-moves__entry", data: { kind: row.kind } },
		h(
			"div",
			{ class: "clinic-moves__head" },
			badge(row.kind, { label: KINDS[row.kind]?.(), tone: TONES[row.kind] }),
			h("bdi", {}, row.is_automatic ? __("by itself") : row.by_name),
			h("span", { class: "text-muted" }, datetime(row.at)),
			row.is_late ? tag({ text: __("Entered after its time"), tone: "warning" }) : null,
			row.notify === "Yes" && tag({ text: __("Patient is told"), tone: "success" }),
			row.notify === "No" && tag({ text: __("Patient is not told") })
		),
		change(when(row.old_start), when(row.new_start)),
		change(row.old_practitioner, row.new_practitioner),
		change(row.old_resource, row.new_resource),
		change(length(row.old_minutes), length(row.new_minutes)),
		row.reason && h("div", { class: "clinic-moves__reason" }, __("Reason: {0}", [row.reason]))
	);
}
