/* The lists of a day on paper: which lie ready, taking one away, making one now (G09). */

import { call, command } from "../kit/call.js";
import { dialog } from "../kit/dialogs.js";
import { fill, h } from "../kit/dom.js";
import { add_days, date, datetime, today } from "../kit/fmt.js";
import { toast } from "../kit/toast.js";
import { button, empty, field, skeleton } from "../kit/ui.js";

const API = "clinic_core.scheduling.day_lists.api";

/** paper_lists(): the dialog. */
export function paper_lists() {
	const body = h("div", { class: "clinic-form" }, skeleton(2));
	const frame = dialog({
		title: __("Lists for paper"),
		content: body,
		primary: { label: __("Close"), action: async () => true },
	});
	const view = { body, error_area: frame.error_area };
	load(view);
	return frame;
}

async function load(view) {
	try {
		show(view, await call(`${API}.lists`, {}, { quiet: true }));
	} catch (error) {
		fill(view.body, h("div", { class: "clinic-error" }, error.message));
	}
}

function show(view, { lists, branches }) {
	fill(
		view.body,
		maker(view, branches),
		lists.length
			? h("div", { class: "clinic-paper" }, lists.map(line))
			: empty({
					icon: "print",
					title: __("No list was made yet."),
					hint: __("Tomorrow's list is made by itself every evening."),
			  })
	);
}

function maker(view, branches) {
	const names = Object.entries(branches);
	const place = h(
		"select",
		{ class: "form-control", "aria-label": __("Branch") },
		names.map(([value, title]) => h("option", { value }, title))
	);
	const day = h(
		"select",
		{ class: "form-control", "aria-label": __("Date") },
		[1, 0, 2].map((count) => {
			const value = add_days(today(), count);
			return h("option", { value }, date(value, { weekday: true }));
		})
	);
	const make = async (event) => {
		const args = { branch: place.value, day: day.value };
		await command(`${API}.make_list`, args, {
			button: event.currentTarget,
			error_area: view.error_area,
		});
		toast(__("The list is ready."));
		load(view);
	};
	return h(
		"div",
		{ class: "clinic-row" },
		field({ label: __("Branch"), control: place }),
		field({ label: __("Date"), control: day }),
		button({ label: __("Make it now"), kind: "primary", on_click: make })
	);
}

function line(row) {
	const asked = new URLSearchParams({ branch: row.branch, day: row.day });
	return h(
		"a",
		{
			class: "clinic-paper__line",
			href: `/api/method/${API}.download_list?${asked}`,
			target: "_blank",
			rel: "noopener",
		},
		h("strong", {}, date(row.day, { weekday: true })),
		h("bdi", {}, row.title),
		h("span", { class: "text-muted" }, __("Made at {0}", [datetime(row.made_at)]))
	);
}
