/* The bar above the board: day, branch, search, counters, how live it is. */

import { menu_of, open_row } from "./actions.js";
import { new_reception } from "./walk_in.js";

const { h, fill } = clinic.ui;

const COLUMNS = {
	appointments: () => __("Appointments"),
	reception: () => __("Reception"),
	consultation: () => __("Consultation"),
	treatment: () => __("Treatment"),
	done: () => __("Done"),
};

export class Bar {
	constructor(desk) {
		this.desk = desk;
		this.steps = new clinic.ui.DaySteps({
			titles: [__("Previous day"), __("Next day")],
			get_day: () => desk.day,
			on_step: (count) => desk.step(count),
			on_day: (day) => desk.go(day),
		});
		this.live = new clinic.ui.LiveMark();
		this.counts = h("div", { class: "clinic-desk__counts", "aria-live": "polite" });
		const search_place = h("div", { class: "clinic-desk__search" });
		this.search = this.make_search(search_place);
		this.element = h(
			"div",
			{ class: "clinic-desk__bar" },
			this.steps.element,
			this.make_branches(),
			search_place,
			this.counts,
			this.live.element
		);
		this.refresh();
	}

	make_branches() {
		const branches = Object.entries(clinic.boot().branches || {});
		if (branches.length < 2) return null;
		const select = h(
			"select",
			{
				class: "form-control clinic-select clinic-desk__branch",
				"aria-label": __("Branch"),
				on_change: () => this.desk.set_branch(select.value),
			},
			h("option", { value: "" }, __("All branches")),
			branches.map(([name, title]) => h("option", { value: name }, title))
		);
		select.value = this.desk.branch || "";
		return select;
	}

	make_search(parent) {
		return clinic.people.search_box(parent, {
			placeholder: __("Last four digits, name or file number"),
			extra: (text) => on_board(this.desk.rows(), text),
			on_select: (row) => this.open(row),
			on_register: (text) => new_reception(this.desk, { text }),
		});
	}

	open(row) {
		this.search.clear();
		if (row.column && open_row(this.desk, row)) return;
		clinic.people.open_menu(
			this.search.input,
			{ patient: row.patient || row.name, full_name: row.full_name },
			menu_of(this.desk, row)
		);
	}

	refresh() {
		const { desk } = this;
		const is_today = desk.day === clinic.fmt.today();
		this.steps.show(clinic.fmt.date(desk.day), { is_today, warns: true });
		fill(this.counts, desk.data && this.counters(desk.data));
		this.live.refresh();
	}

	counters(data) {
		const waiting = data.reception || [];
		const longest = Math.max(
			0,
			...waiting.map((row) => clinic.fmt.minutes_between(row.arrived_at) || 0)
		);
		const expected = (data.appointments || []).filter((row) =>
			["Booked", "Confirmed"].includes(row.status)
		);
		return [
			count(__("Expected"), expected.length),
			count(__("Waiting"), waiting.length, waiting.length && longest >= 30 ? "warning" : ""),
			waiting.length > 0 &&
				is_today(this.desk) &&
				count(__("Longest wait"), clinic.fmt.duration(longest)),
			count(__("In treatment"), (data.treatment || []).length),
			count(__("Done"), (data.done || []).length),
		];
	}
}

const is_today = (desk) => desk.day === clinic.fmt.today();

function count(label, value, tone = "") {
	const text = typeof value === "number" ? clinic.fmt.number(value) : value;
	return h(
		"span",
		{ class: `clinic-count${tone ? ` clinic-count--${tone}` : ""}` },
		h("strong", {}, text),
		h("span", {}, label)
	);
}

// Who is on the board comes first: by the last digits of the mobile, or by words of the name.
function on_board(rows, text) {
	const plain = clinic.digits.fold(text);
	const figures = plain.replace(/\D/g, "");
	const is_number = figures.length >= 2 && /^[\d\s+-]+$/.test(plain);
	const fits = (row) => {
		if (is_number) {
			const mobile = clinic.digits.to_latin(row.mobile || "").replace(/\D/g, "");
			return mobile.endsWith(figures) || (row.file_no || "").includes(figures);
		}
		const name = clinic.digits.fold(row.full_name);
		return plain.split(" ").every((word) => name.includes(word));
	};
	const seen = new Set();
	return rows
		.filter((row) => fits(row) && !seen.has(row.patient) && seen.add(row.patient))
		.slice(0, 6)
		.map((row) => ({
			...row,
			name: row.patient,
			group: __("On the board"),
			note: [row.start && clinic.fmt.time(row.start), COLUMNS[row.column]()]
				.filter(Boolean)
				.join(" · "),
		}));
}
