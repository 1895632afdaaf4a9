// The history of a lead: what is planned first, then what happened, newest on top.
import { badge, button, h } from "../kit";

/** An element with all activities, calls and status changes; `current` is the chosen activity. */
export function render_timeline(details, { current, on_complete }) {
	const planned = details.activities.filter((each) => each.status !== "Done");
	const happened = [
		...details.activities.filter((each) => each.status === "Done").map(activity_entry),
		...details.calls.map(call_entry),
		...details.status_log.map(status_entry),
	].sort((one, other) => String(other.when).localeCompare(String(one.when)));
	if (!planned.length && !happened.length) {
		return h("p", { class: "text-muted" }, __("Nothing yet. Log the first activity."));
	}
	return h(
		"ol",
		{ class: "clinic-timeline" },
		planned.map((each) => planned_entry(each, each.name === current, on_complete)),
		happened.map(entry)
	);
}

function planned_entry(activity, is_current, on_complete) {
	const classes = ["clinic-timeline__item", "is-planned"];
	if (activity.overdue) classes.push("is-overdue");
	if (is_current) classes.push("is-current");
	return h(
		"li",
		{ class: classes.join(" ") },
		line(
			h("strong", {}, activity.title),
			h("span", { class: "text-muted" }, clinic.fmt.date(activity.date, { short: true }))
		),
		activity.description && h("div", { class: "clinic-timeline__text" }, activity.description),
		line(
			badge(activity.overdue ? "Overdue" : "Planned"),
			button(__("Mark as done"), () => on_complete(activity), { size: "xs" })
		)
	);
}

function entry({ when, title, note, text, who }) {
	return h(
		"li",
		{ class: "clinic-timeline__item" },
		line(
			h("span", {}, h("strong", {}, title), note && h("span", {}, " ", note)),
			h("span", { class: "text-muted" }, clinic.fmt.datetime(when))
		),
		text && h("div", { class: "clinic-timeline__text" }, text),
		who && h("div", { class: "clinic-timeline__who" }, who)
	);
}

function line(...children) {
	return h("div", { class: "clinic-timeline__line" }, children);
}

function activity_entry(each) {
	return {
		when: each.done_at || each.date,
		title: each.title,
		note: join(each.contact_method_title, each.feedback_title),
		text: each.description,
		who: each.assigned_name,
	};
}

function call_entry(each) {
	return {
		when: each.started_at,
		title: each.direction === "Incoming" ? __("Incoming call") : __("Outgoing call"),
		note: join(each.status && __(each.status), each.feedback_title),
		text: each.note,
		who: each.agent_name,
	};
}

function status_entry(each) {
	const to = __(each.to_status);
	return {
		when: each.changed_at,
		title: each.from_status ? __("{0} became {1}", [__(each.from_status), to]) : to,
		text: each.reason,
		who: each.changed_by_name,
	};
}

function join(...parts) {
	return parts.filter(Boolean).join(" · ");
}
