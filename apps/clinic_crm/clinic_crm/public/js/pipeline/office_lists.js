// The five sections of the office and how each of their rows looks. No state, no server calls.
import { badge, button, h, person, phone } from "../kit";
import { status_button } from "./status_menu";

const SHORT = 8;

export const SECTIONS = [
	{ key: "leads", label: () => __("Leads"), row: lead_row },
	{ key: "opportunities", label: () => __("Opportunities"), row: lead_row },
	{ key: "current_activities", label: () => __("Current activities"), row: activity_row },
	{ key: "activities", label: () => __("Other activities"), row: activity_row },
	{ key: "calls", label: () => __("Calls"), row: call_row },
];

const HINTS = {
	leads: () => __("New leads from forms and calls appear here by themselves."),
	opportunities: () => __("A lead becomes an opportunity when an appointment is booked."),
	current_activities: () => __("Nothing is due. Plan the next step when you log an activity."),
	activities: () => __("No other activities."),
	calls: () => __("A call is listed when an activity has a phone method and a feedback."),
};

/** True when every word of `text` is found in the row (digits in any script). */
export function matches(row, text) {
	const wanted = clinic.digits.to_latin(text).toLowerCase().split(/\s+/).filter(Boolean);
	if (!wanted.length) return true;
	const hay = [
		row.title,
		row.person_name,
		row.mobile,
		row.phone,
		row.channel_title,
		row.assigned_name,
		row.agent_name,
		...(row.services || []),
	];
	const text_of_row = hay.filter(Boolean).join(" ").toLowerCase();
	return wanted.every((word) => text_of_row.includes(word));
}

/**
 * The elements of all sections. `view`: {section, expanded, selected, fresh, filter, on_select,
 * on_more, on_new, on_changed}.
 */
export function render_sections(data, view) {
	return SECTIONS.filter(({ key }) => !view.section || key === view.section).map((section) =>
		render_section(section, data[section.key], view)
	);
}

function render_section(section, { count, rows }, view) {
	const found = rows.filter((row) => matches(row, view.filter));
	const all = view.section || view.filter || view.expanded.has(section.key);
	const shown = all ? found : found.slice(0, SHORT);
	const total = view.filter ? found.length : count;
	return h(
		"section",
		{ class: "clinic-office__section", role: "group", "aria-label": section.label() },
		h(
			"h3",
			{ class: "clinic-office__heading" },
			section.label(),
			h("span", { class: "text-muted" }, clinic.fmt.number(total))
		),
		shown.map((row) => frame(section, row, view)),
		!shown.length && nothing(section, view),
		shown.length < found.length &&
			button(
				__("Show all {0}", [clinic.fmt.number(found.length)]),
				() => view.on_more(section.key),
				{
					kind: "link",
					size: "xs",
				}
			)
	);
}

function frame(section, row, view) {
	const key = `${section.key}:${row.name}`;
	const classes = ["clinic-office__row"];
	if (view.fresh.has(key)) classes.push("is-fresh");
	if (row.overdue) classes.push("is-overdue");
	const on_click = (e) => {
		if (!e.target.closest("a, button, [role=button]")) view.on_select(key);
	};
	return h(
		"div",
		{
			class: classes.join(" "),
			role: "option",
			id: `office-${key.replace(/[^\w-]/g, "-")}`,
			data: { row: key, name: row.name },
			on_click,
		},
		section.row(row, view)
	);
}

function nothing(section, view) {
	if (view.filter) {
		return h("p", { class: "clinic-office__nothing" }, __("Nothing matches the filter."));
	}
	return h(
		"p",
		{ class: "clinic-office__nothing" },
		HINTS[section.key](),
		section.key === "leads" && button(__("New lead"), view.on_new, { size: "xs" })
	);
}

function lead_row(row, view) {
	const when = row.appointment_start
		? day_and_time(row.appointment_start)
		: clinic.fmt.ago(row.created);
	return [
		main(row.title, [person(row), phone(row.mobile)], priority(row)),
		middle(wishes(row.services), row.channel_title),
		end(status_button(row, view.on_changed), [h("span", {}, when), owner(row)]),
	];
}

function activity_row(row) {
	return [
		main(row.title, [person(row)], priority(row)),
		middle(row.contact_method_title, row.feedback_title),
		end(badge(row.overdue ? "Overdue" : row.status), [
			h("span", {}, short_day(row.date)),
			owner(row),
		]),
	];
}

function call_row(row) {
	const direction =
		row.direction === "Incoming" ? __("Incoming", null, "Call") : __("Outgoing", null, "Call");
	return [
		main(row.person_name || phone(row.phone), [
			h("span", {}, direction),
			row.person_name && phone(row.phone),
		]),
		middle(row.feedback_title, row.channel && __(row.channel)),
		end(badge(row.status), [
			h("span", {}, clinic.fmt.time(row.started_at)),
			row.agent_name && h("span", {}, row.agent_name),
		]),
	];
}

function short_day(day) {
	return clinic.fmt.date(day, { short: true, year: false });
}

function day_and_time(when) {
	return `${short_day(when)} ${clinic.fmt.time(when)}`;
}

function main(title, sub, mark = null) {
	return h(
		"div",
		{ class: "clinic-office__main" },
		h("div", { class: "clinic-office__title" }, mark, h("span", {}, title)),
		h("div", { class: "clinic-office__sub" }, sub)
	);
}

function middle(text, sub) {
	return h(
		"div",
		{ class: "clinic-office__wish" },
		h("div", { title: text || null }, text),
		h("div", { class: "clinic-office__sub" }, sub)
	);
}

function end(status, sub) {
	return h(
		"div",
		{ class: "clinic-office__end" },
		status,
		h("div", { class: "clinic-office__sub" }, sub)
	);
}

function owner(row) {
	return row.assigned_to
		? h("span", {}, row.assigned_name || row.assigned_to)
		: h("span", { class: "clinic-office__free" }, __("Nobody yet"));
}

function wishes(services) {
	if (!services?.length) return "";
	if (services.length === 1) return services[0];
	return __("{0} and {1} more", [services[0], clinic.fmt.number(services.length - 1)]);
}

function priority(row) {
	if (row.priority !== "Important") return null;
	const label = __("Important");
	return h(
		"span",
		{ class: "clinic-office__important", role: "img", title: label, "aria-label": label },
		"!"
	);
}
