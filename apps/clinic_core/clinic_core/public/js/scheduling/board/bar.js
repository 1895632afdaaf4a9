/* Above the schedule: which day, which view, whose, what is left out, how live it is. */

import { boot } from "../../kit/boot.js";
import { combo_box } from "../../kit/combo.js";
import { DaySteps, LiveMark } from "../../kit/day_bar.js";
import { fill, h } from "../../kit/dom.js";
import { date, list, number, today } from "../../kit/fmt.js";
import { button, segmented } from "../../kit/ui.js";
import { departments, practitioners } from "../../service_catalog/pickers.js";
import { state_class } from "./layout.js";
import { print_day } from "./print.js";

/** In the order of a visit. */
export const STATES = [
	"Held",
	"Booked",
	"Confirmed",
	"Arrived",
	"Admitted",
	"Completed",
	"No Show",
	"Cancelled",
];

export class Bar {
	constructor(page) {
		this.page = page;
		this.steps = new DaySteps({
			titles: [__("Earlier"), __("Later")],
			get_day: () => page.day,
			on_step: (count) => page.step(count),
			on_day: (day) => page.go(day),
		});
		this.views = this.make_views();
		this.jump = this.make_jump();
		this.who = h("div", { class: "clinic-schedule__who", hidden: true });
		this.live = new LiveMark();
		this.filters = h("div", { class: "clinic-schedule__filters" }, this.make_filters());
		this.legend = h("div", {
			class: "clinic-schedule__legend",
			role: "group",
			"aria-label": __("States that are shown"),
		});
		this.notice = h("div", { class: "clinic-schedule__notice", role: "status", hidden: true });
		this.element = h(
			"div",
			{ class: "clinic-schedule__bar" },
			h(
				"div",
				{ class: "clinic-schedule__row" },
				this.steps.element,
				this.views,
				this.who,
				h("div", { class: "clinic-schedule__jump" }, this.jump.element),
				this.make_tools(),
				this.live.element
			),
			h("div", { class: "clinic-schedule__row" }, this.filters, this.legend),
			this.notice
		);
	}

	make_views() {
		return segmented({
			label: __("View"),
			value: this.page.view,
			options: [
				{ value: "day", label: __("Day", null, "view") },
				{ value: "week", label: __("Week", null, "view") },
				{ value: "list", label: __("List", null, "view") },
			],
			on_change: (view) => this.page.set_view(view),
		});
	}

	/** Type a name: his column is brought into sight, or his week is shown when he is not there that day. */
	make_jump() {
		const jump = combo_box({
			label: __("Go to a practitioner"),
			placeholder: __("Go to a practitioner"),
			clearable: false,
			options: practitioners().then((rows) =>
				rows.map((row) => ({ value: `PR:${row.name}`, label: row.practitioner_name }))
			),
			on_change: (key) => {
				if (!key) return;
				jump.set(null);
				this.go_to(key);
			},
		});
		return jump;
	}

	go_to(key) {
		const { page } = this;
		const is_there =
			page.view === "day" && page.grid.columns.some((column) => column.key === key);
		if (is_there) page.grid.reveal_column(key);
		else page.show_week_of(key);
	}

	make_tools() {
		const { page } = this;
		const tool = (name, title, on_click) =>
			button({ icon: name, kind: "quiet", title, on_click });
		this.smaller = tool("minus", __("Zoom out"), () => page.set_zoom(page.zoom - 1));
		this.larger = tool("plus", __("Zoom in"), () => page.set_zoom(page.zoom + 1));
		return h(
			"div",
			{ class: "clinic-schedule__tools" },
			this.smaller,
			this.larger,
			frappe.model.can_print("Clinic Appointment") &&
				tool("print", __("Print the list"), () => print_day(page))
		);
	}

	make_filters() {
		const { page } = this;
		const { filters } = page;
		this.show = segmented({
			label: __("Columns"),
			value: filters.show,
			options: [
				{ value: "both", label: __("Everything") },
				{ value: "practitioner", label: __("Practitioners") },
				{ value: "resource", label: __("Rooms and devices") },
			],
			on_change: (show) => page.set_filter({ show }),
		});
		this.department = select(__("Department"), __("All departments"), [], (department) =>
			page.set_filter({ department })
		);
		departments().then((rows) => {
			add_options(
				this.department,
				rows.map((row) => [row.name, row.title])
			);
			this.department.value = page.filters.department;
		});
		const kinds = ["Room", "Chair", "Device"].map((kind) => [kind, __(kind)]);
		this.role = select(__("Kind of resource"), __("All kinds"), kinds, (role) =>
			page.set_filter({ role })
		);
		const branches = Object.entries(boot().branches || {});
		this.branch =
			branches.length > 1 &&
			select(__("Branch"), __("All branches"), branches, (branch) =>
				page.set_branch(branch)
			);
		return [this.branch, this.show, this.department, this.role];
	}

	refresh() {
		const { page } = this;
		const { first, days } = page.range();
		const last = new Date(Date.parse(`${first}T00:00:00Z`) + (days - 1) * 86400000);
		const text =
			days === 1 ? date(first) : list_of_days(first, last.toISOString().slice(0, 10));
		const is_today = first <= today() && today() <= last.toISOString().slice(0, 10);
		this.steps.show(text, { is_today });
		this.views.set_value(page.view);
		this.show.set_value(page.filters.show);
		this.department.value = page.filters.department;
		this.role.value = page.filters.role;
		if (this.branch) this.branch.value = page.branch || "";
		const alone = Boolean(page.who && page.view !== "day");
		for (const filter of [this.show, this.department, this.role]) filter.hidden = alone;
		this.role.hidden ||= page.filters.show === "practitioner";
		this.department.hidden ||= page.filters.show === "resource";
		this.refresh_who(alone);
		this.refresh_legend();
		this.smaller.disabled = page.zoom <= 0;
		this.larger.disabled = page.zoom >= 3;
		this.refresh_live();
	}

	refresh_who(alone) {
		this.who.hidden = !alone;
		if (!alone) return;
		const column = this.page.column_of(this.page.who);
		fill(
			this.who,
			h("strong", {}, column?.title || ""),
			button({
				icon: "close",
				kind: "quiet",
				title: __("Show everybody"),
				on_click: () => this.page.show_all(),
			})
		);
	}

	/** The legend is the filter of states: a click leaves one out. */
	refresh_legend() {
		const counts = {};
		for (const row of this.page.data?.appointments || []) {
			counts[row.status] = (counts[row.status] || 0) + 1;
		}
		fill(
			this.legend,
			STATES.map((status) => {
				const on = !this.page.hidden_states.includes(status);
				return h(
					"button",
					{
						class: `clinic-legend clinic-slot-event--${state_class(status)}`,
						"aria-pressed": String(on),
						title: on
							? __("Leave out: {0}", [__(status)])
							: __("Show: {0}", [__(status)]),
						data: { status },
						on_click: () => this.page.toggle_state(status),
					},
					h("span", {}, __(status)),
					counts[status] ? h("b", {}, number(counts[status])) : null
				);
			})
		);
		this.notice.hidden = !this.page.data?.is_cut;
		fill(
			this.notice,
			this.page.data?.is_cut &&
				__("There are too many appointments for one screen. Please choose a branch.")
		);
	}

	refresh_live() {
		this.live.refresh();
	}
}

function select(label, all, options, on_change) {
	const element = h(
		"select",
		{
			class: "form-control clinic-select",
			"aria-label": label,
			on_change: () => on_change(element.value),
		},
		h("option", { value: "" }, all)
	);
	add_options(element, options);
	return element;
}

function add_options(element, options) {
	for (const [value, title] of options) element.append(h("option", { value }, title));
}

function list_of_days(first, last) {
	const short = (day, year) => date(day, { short: true, year });
	const arrow = __("{0} to {1}", [short(first, false), short(last, true)]);
	return list([arrow]);
}
