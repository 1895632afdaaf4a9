// The row above the list: day, team, filter text and one tile with its count per section.
import { button, fill, h, icon } from "../kit";
import { SECTIONS } from "./office_lists";
import { team_picker } from "./pickers";

const FILTER_PAUSE_MS = 120;

/** Day, team and text filter of the office; tells the page what changed. */
export class Toolbar {
	constructor({ on_change, on_filter, on_section }) {
		this.on_change = on_change;
		this.on_filter = on_filter;
		this.on_section = on_section;
		this.date = clinic.fmt.today();
		this.team = null;
		this.section = null;
		this.tiles = h("div", {
			class: "clinic-office__tiles",
			role: "group",
			"aria-label": __("Show only one list"),
		});
		this.bar = this.make_bar();
		this.show_date();
		this.set_counts(null);
	}

	elements() {
		return [this.bar, this.tiles];
	}

	make_bar() {
		const choose = () =>
			clinic.ui.calendar(this.day, {
				value: this.date,
				on_pick: (date) => this.set_date(date),
			});
		this.day = button("", choose, { title: __("Choose a day"), "aria-haspopup": "dialog" });
		this.day.classList.add("clinic-office__date");
		const teams = team_picker({
			placeholder: __("All teams"),
			on_change: (team) => this.set_team(team),
		});
		teams.element.classList.add("clinic-office__team");
		this.filter_box = h("input", {
			class: "form-control input-sm clinic-office__filter",
			type: "search",
			placeholder: __("Filter by name, number or wish"),
			"aria-label": __("Filter the list"),
			on_input: frappe.utils.debounce(() => this.on_filter(), FILTER_PAUSE_MS),
			on_keydown: (e) => e.key === "Escape" && this.clear_filter(e),
		});
		const today = button(__("Today"), () => this.set_date(clinic.fmt.today()));
		return h(
			"div",
			{ class: "clinic-office__bar" },
			h(
				"div",
				{ class: "clinic-office__day", role: "group", "aria-label": __("Day") },
				this.step_button(-1, __("Previous day"), "previous"),
				this.day,
				this.step_button(1, __("Next day"), "next"),
				today
			),
			teams.element,
			this.filter_box
		);
	}

	step_button(days, label, name) {
		const step = () => this.set_date(clinic.fmt.add_days(this.date, days));
		return button(icon(name), step, { title: label, "aria-label": label });
	}

	set_date(date) {
		if (!date || date === this.date) return;
		this.date = date;
		this.show_date();
		this.on_change();
	}

	show_date() {
		fill(this.day, icon("calendar"), " ", clinic.fmt.date(this.date));
	}

	set_team(team) {
		if ((team || null) === this.team) return;
		this.team = team || null;
		this.on_change();
	}

	arguments() {
		return { date: this.date, team: this.team };
	}

	filter() {
		return this.filter_box.value;
	}

	clear_filter(event) {
		if (!this.filter_box.value) return;
		event.stopPropagation();
		this.filter_box.value = "";
		this.on_filter();
	}

	focus() {
		this.filter_box.focus();
		this.filter_box.select();
	}

	set_counts(data) {
		fill(
			this.tiles,
			SECTIONS.map(({ key, label }) =>
				h(
					"button",
					{
						class: `clinic-office__tile clinic-office__tile--${key}`,
						data: { section: key },
						on_click: () => this.on_section(key),
					},
					h(
						"span",
						{ class: "clinic-office__count" },
						data ? clinic.fmt.number(data[key].count) : "–"
					),
					h("span", {}, label())
				)
			)
		);
		this.mark(this.section);
	}

	mark(section) {
		this.section = section;
		for (const tile of this.tiles.children) {
			tile.setAttribute("aria-pressed", String(tile.dataset.section === section));
		}
	}
}
