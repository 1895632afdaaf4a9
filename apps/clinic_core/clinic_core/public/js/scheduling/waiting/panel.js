/* Times that became free, who waits for them, and the offers that are open (F08, F09). */

import { boot } from "../../kit/boot.js";
import { call, command } from "../../kit/call.js";
import { dialog } from "../../kit/dialogs.js";
import { fill, h } from "../../kit/dom.js";
import { ago, date, datetime, list, number, phone, time } from "../../kit/fmt.js";
import { watch } from "../../kit/live.js";
import { toast } from "../../kit/toast.js";
import { button, empty, patient_name, skeleton, tag } from "../../kit/ui.js";

const API = "clinic_core.scheduling.waiting.api";
const SHOWN = 3;
const CHANGES = ["Clinic Freed Time", "Clinic Waiting Offer", "Clinic Waiting List Entry"];

/** What became free and for whom: {freed: […], offers: […]}. */
export const overview = () => call(`${API}.overview`, {}, { quiet: true });

let open_panel = null;

/** Is the panel on the screen? Then nobody has to be told what it shows. */
export const is_panel_open = () => Boolean(open_panel);

/** waiting_panel(): offer or book what became free; kept up to date while it is open. */
export function waiting_panel() {
	if (open_panel) return open_panel;
	const view = { body: h("div", { class: "clinic-freed" }, skeleton(3)), all: new Set() };
	const stop = watch(CHANGES, () => load(view));
	view.frame = dialog({
		title: __("Waiting list: times that became free"),
		size: "large",
		content: view.body,
		primary: { label: __("Close"), action: async () => true },
		secondary: {
			label: __("The whole list"),
			action: (handle) => {
				handle.hide();
				frappe.set_route("List", "Clinic Waiting List Entry");
			},
		},
		on_hide: () => {
			stop();
			open_panel = null;
		},
	});
	open_panel = view.frame;
	load(view);
	return view.frame;
}

async function load(view) {
	try {
		show(view, await overview());
	} catch (error) {
		fill(view.body, empty({ icon: "alert", title: error.message }));
	}
}

function show(view, { freed, offers }) {
	if (!freed.length && !offers.length) {
		return fill(
			view.body,
			empty({
				icon: "check",
				title: __("No free time that somebody waits for."),
				hint: __("When an appointment is cancelled or moved, it appears here by itself."),
			})
		);
	}
	fill(
		view.body,
		offers.length > 0 && h("h5", {}, __("Waiting for an answer")),
		offers.map((row) => offer_row(view, row)),
		freed.length > 0 && offers.length > 0 && h("h5", {}, __("Became free")),
		freed.map((row) => freed_part(view, row))
	);
}

function freed_part(view, row) {
	const all = view.all.has(row.freed);
	const people = all ? row.people : row.people.slice(0, SHOWN);
	const more = row.people.length - people.length;
	return h(
		"section",
		{ class: "clinic-freed__time", data: { freed: row.freed } },
		h(
			"header",
			{ class: "clinic-freed__head" },
			h(
				"div",
				{},
				h("strong", {}, when(row)),
				h("div", { class: "text-muted small" }, where(row))
			),
			tag({ text: __(row.cause) }),
			button({
				label: __("Dismiss"),
				kind: "quiet",
				title: __("Show this time no more"),
				on_click: (event) =>
					act(view, event, "dismiss", { freed_time: row.freed }, () =>
						__("This time is not shown any more.")
					),
			})
		),
		people.map((person, index) => person_row(view, row, person, index === 0)),
		more > 0 &&
			button({
				label: __("{0} more", [number(more)]),
				kind: "quiet",
				on_click: () => {
					view.all.add(row.freed);
					load(view);
				},
			})
	);
}

const when = (row) => list([date(row.start), hours(row)]);
const hours = (row) => `${time(row.start)} – ${time(row.end)}`;
const where = (row) =>
	[row.practitioner_name, (boot().branches || {})[row.branch]].filter(Boolean).join(" · ");

function person_row(view, freed, person, is_first) {
	const args = {
		entry: person.entry,
		practitioner: person.practitioner,
		start: person.start,
		branch: person.branch,
	};
	const other_start = person.start !== freed.start;
	return h(
		"div",
		{ class: "clinic-freed__row", data: { entry: person.entry } },
		h(
			"div",
			{ class: "clinic-freed__who" },
			patient_name(person),
			person.is_urgent && tag({ text: __("Urgent"), tone: "danger", icon: "alert" }),
			h("bdi", { class: "text-muted", dir: "ltr" }, phone(person.mobile)),
			h(
				"div",
				{ class: "text-muted small" },
				[
					person.service_name,
					person.area_title,
					__("on the list: {0}", [ago(person.since)]),
				]
					.filter(Boolean)
					.join(" · ")
			),
			other_start &&
				h("div", { class: "small" }, __("would begin at {0}", [time(person.start)])),
			person.note && h("div", { class: "small" }, person.note)
		),
		h(
			"div",
			{ class: "clinic-freed__acts" },
			button({
				label: __("Offer"),
				kind: is_first ? "primary" : "default",
				title: __("Hold the time until the patient answers"),
				on_click: (event) =>
					act(view, event, "offer", args, (made) =>
						__("Offered; held until {0}.", [time(made.expires_at)])
					),
			}),
			button({
				label: __("Book"),
				title: __("Book at once: the patient is on the phone"),
				on_click: (event) =>
					act(view, event, "book", args, (made) =>
						__("Booked for {0}.", [datetime(made.start)])
					),
			})
		)
	);
}

function offer_row(view, row) {
	const args = { offer: row.offer };
	return h(
		"div",
		{ class: "clinic-freed__row clinic-freed__row--offer", data: { offer: row.offer } },
		h(
			"div",
			{ class: "clinic-freed__who" },
			patient_name(row),
			h("bdi", { class: "text-muted", dir: "ltr" }, phone(row.mobile)),
			h(
				"div",
				{ class: "text-muted small" },
				[row.service_name, datetime(row.start), row.practitioner_name].join(" · ")
			),
			h("div", { class: "small" }, __("Held until {0}", [datetime(row.expires_at)]))
		),
		h(
			"div",
			{ class: "clinic-freed__acts" },
			button({
				label: __("Accepted"),
				kind: "primary",
				title: __("The patient takes it: book"),
				on_click: (event) =>
					act(view, event, "accept", args, (made) =>
						__("Booked for {0}.", [datetime(made.start)])
					),
			}),
			button({
				label: __("Declined"),
				title: __("The patient waits on; the next one's turn"),
				on_click: (event) =>
					act(view, event, "decline", args, () => __("The time is free again.")),
			})
		)
	);
}

async function act(view, event, method, args, said) {
	try {
		const made = await command(`${API}.${method}`, args, {
			button: event.currentTarget,
			error_area: view.frame.error_area,
		});
		toast(said(made));
	} catch (error) {
		if (error.status === 0) return; // shown; nothing has changed
	}
	load(view);
}
