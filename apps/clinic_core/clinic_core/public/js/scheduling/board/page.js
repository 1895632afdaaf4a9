/*
 * clinic.scheduling.SchedulePage: who is where at what time, for the whole clinic or one of its people
 * (E162–E164, E180, E190, E205, E208, C025). Reads one endpoint; what others change is read alone.
 */

import { call } from "../../kit/call.js";
import { fill, h } from "../../kit/dom.js";
import { add_days, today } from "../../kit/fmt.js";
import { keys } from "../../kit/keys.js";
import { watch } from "../../kit/live.js";
import { toast } from "../../kit/toast.js";
import { skeleton } from "../../kit/ui.js";
import { book_at } from "./booking.js";
import { Bar } from "./bar.js";
import { first_weekday } from "../../kit/calendar.js";
import { Grid } from "./grid.js";
import { as_row, group_of, members_of, tell_groups, with_groups } from "./groups.js";
import { columns_shown, hours_of, merge_rows, week_start, without_visible } from "./layout.js";
import { list_view } from "./list.js";
import { nobody_works, nothing_fits, failed } from "./nothing.js";
import { HELD_ONLINE, OnlineHolds } from "./online_holds.js";
import { Panel } from "./panel.js";
import { print_day } from "./print.js";
import { remembered, remember } from "./prefs.js";

const API = "clinic_core.scheduling.schedule_board.api";
const APPOINTMENT = "Clinic Appointment";
// Whoever changes one of these changes what lies behind: everything is read again.
const MASTERS = [
	"Clinic Schedule",
	"Clinic Schedule Exception",
	"Clinic Holiday",
	"Clinic Resource",
	"Clinic Practitioner",
	"Clinic Patient Alert",
];
const CLOCK_MS = 60_000;

export class SchedulePage {
	constructor(wrapper, page) {
		Object.assign(this, { wrapper, page, ticket: 0, data: null });
		this.day = today();
		this.view = remembered("view", "day");
		this.who = null;
		this.filters = remembered("filters", { show: "both", department: "", role: "" });
		this.hidden_states = remembered("hidden_states", ["Cancelled"]);
		this.branch = remembered_branch();
		this.zoom = remembered("zoom", 1);
		this.build();
		this.listen();
	}

	build() {
		this.body = h("div", { class: "clinic-schedule__body" });
		this.panel = new Panel(this);
		this.online = new OnlineHolds(this);
		this.bar = new Bar(this);
		this.grid = new Grid(this);
		const root = h(
			"div",
			{ class: "clinic-schedule" },
			this.bar.element,
			h("div", { class: "clinic-schedule__middle" }, this.body, this.panel.element)
		);
		this.page.main[0].classList.add("clinic-schedule-page");
		this.page.main[0].replaceChildren(root);
		if (this.may_book()) {
			this.page.set_primary_action(__("New appointment"), () => book_at(this, {}));
		}
	}

	listen() {
		this.stop = watch([APPOINTMENT, ...MASTERS], (changes) => this.changed(changes), {
			also: [HELD_ONLINE],
			active: () => this.is_shown() && !this.grid.dragging,
			pause: 10,
			every: 150,
		});
		for (const event of ["connect", "disconnect"]) {
			frappe.realtime.on(event, () => this.bar.refresh());
		}
		this.tick = setInterval(() => this.is_shown() && this.bar.refresh(), CLOCK_MS);
		keys(this.wrapper, this.shortcuts());
	}

	shortcuts() {
		return [
			{ key: "n", label: __("New appointment"), action: () => book_at(this, {}) },
			{ key: "/", label: __("Go to a practitioner"), action: () => this.bar.jump.focus() },
			{ key: "g", label: __("Go into the schedule"), action: () => this.grid.focus() },
			{ key: "t", label: __("Go to today"), action: () => this.go(today()) },
			{ key: "j", label: __("Later"), action: () => this.step(1) },
			{ key: "k", label: __("Earlier"), action: () => this.step(-1) },
			{ key: "d", label: __("Day", null, "view"), action: () => this.set_view("day") },
			{ key: "w", label: __("Week", null, "view"), action: () => this.set_view("week") },
			{ key: "l", label: __("List", null, "view"), action: () => this.set_view("list") },
			{ key: "p", label: __("Print", null, "command"), action: () => print_day(this) },
			{ key: "i", label: __("Zoom in"), action: () => this.set_zoom(this.zoom + 1) },
			{ key: "o", label: __("Zoom out"), action: () => this.set_zoom(this.zoom - 1) },
			{ key: "r", label: __("Fetch again"), action: () => this.refresh() },
		];
	}

	may_book() {
		return Boolean(frappe.model.can_create(APPOINTMENT));
	}

	is_shown() {
		return Boolean(this.wrapper.offsetParent) && !document.hidden;
	}

	/** Called each time the page comes to the front; a form may have said what to show. */
	show() {
		const wish = frappe.route_options || {};
		frappe.route_options = null;
		const day = today();
		// A desk left open overnight goes on with the new day.
		if (this.opened_on && this.opened_on !== day && this.day === this.opened_on)
			this.day = day;
		this.opened_on = day;
		if (wish.date) this.day = wish.date.slice(0, 10);
		if (wish.practitioner)
			Object.assign(this, { who: `PR:${wish.practitioner}`, view: "week" });
		if (wish.appointment) {
			Object.assign(this, { who: null, view: "day", pointed_at: wish.appointment });
			if (wish.branch && this.branch !== wish.branch) this.branch = null;
			this.hidden_states = this.hidden_states.filter((state) => state !== wish.status);
		}
		this.refresh().then(() => this.stop.flush());
	}

	/** The days on the screen: {first, days}. */
	range() {
		if (this.view === "day" || !this.who) return { first: this.day, days: 1 };
		return { first: week_start(this.day, first_weekday()), days: 7 };
	}

	/** What is asked of the server for this screen. */
	question() {
		const { first, days } = this.range();
		const [kind, name] = this.view !== "day" && this.who ? split(this.who) : [];
		return {
			date: first,
			days,
			branch: this.branch,
			practitioner: kind === "PR" ? name : null,
			resource: kind === "RS" ? name : null,
		};
	}

	async refresh() {
		const ticket = ++this.ticket;
		if (!this.data) fill(this.body, skeleton(4));
		this.bar.refresh();
		try {
			const data = await call(`${API}.board`, this.question(), { quiet: true });
			if (ticket !== this.ticket) return;
			this.data = data;
			this.online.keep(data.online_holds);
			await this.draw();
		} catch (error) {
			if (ticket !== this.ticket) return;
			if (this.data) toast(error.message, { kind: "error" });
			else failed(this, error);
		}
	}

	/** Only the changed appointments and holds are read; anything else, or a long sleep, reads all. */
	async changed(all) {
		const changes = all.filter((one) => one.doctype !== HELD_ONLINE);
		if (all.length > changes.length && this.data) {
			await this.online.reread();
			if (!changes.length) return;
		}
		const names = new Set(
			changes.filter((one) => one.doctype === APPOINTMENT).map((one) => one.name)
		);
		names.delete(undefined);
		if (!this.data || !changes.length || changes.some((one) => one.doctype !== APPOINTMENT)) {
			return this.refresh();
		}
		return this.reread([...names]);
	}

	async reread(changed) {
		if (!changed.length) return;
		const names = with_groups(this.data.appointments, changed);
		const { ticket } = this;
		const args = { ...this.question(), appointments: names };
		try {
			const fresh = await call(`${API}.cards`, args, { quiet: true });
			if (ticket !== this.ticket) return;
			const known = new Set(this.data.columns.map((column) => column.key));
			const merged = merge_rows(this.data.appointments, names, fresh);
			this.data.appointments = tell_groups(merged, fresh);
			// Somebody who was not there: his column comes with the whole screen.
			const strangers = this.range().days === 1 && !this.data.columns.length && fresh.length;
			const is_new = (row) =>
				row.parts.some((part) => !known.has(`PR:${part.practitioner}`));
			if (strangers || (!this.who && fresh.some(is_new))) return await this.refresh();
			await this.draw();
			this.panel.reread(names);
		} catch (error) {
			toast(error.message, { kind: "error" });
		}
	}

	column_of(key) {
		return this.data?.columns.find((column) => column.key === key) || null;
	}

	/** The columns that the filters leave, each knowing what of its time is taken by others. */
	columns() {
		const taken = [...this.data.appointments, ...this.online.holds.map(as_row)];
		const all = without_visible(this.data.columns, taken);
		return this.who && this.view !== "day"
			? all.filter((column) => column.key === this.who)
			: columns_shown(all, this.filters);
	}

	/** The minutes of the day between which the grid lies. */
	hours() {
		return hours_of(this.data.hours, this.data.appointments);
	}

	book(what) {
		return book_at(this, what);
	}

	/** The rows whose state is not switched off. */
	rows() {
		return this.data.appointments.filter((row) => !this.hidden_states.includes(row.status));
	}

	async draw() {
		this.bar.refresh();
		const columns = this.columns();
		if (this.view === "list") return list_view(this, columns);
		if (!this.data.columns.length) return nobody_works(this);
		if (!columns.length) return nothing_fits(this);
		await this.grid.draw(columns);
		if (this.pointed_at) {
			const row = this.data.appointments.find((one) => one.appointment === this.pointed_at);
			this.pointed_at = null;
			if (row) this.open(row);
		}
	}

	open(row) {
		this.panel.open(row);
		this.grid.reveal(row);
	}

	/** What lies at a place: somebody, or the group he is in. */
	open_place(row) {
		if (!group_of(row)) return this.open(row);
		this.panel.open_group(members_of(this.rows(), row));
		this.grid.reveal(row);
	}

	go(day) {
		this.day = day;
		this.move_on();
	}

	step(count) {
		this.go(add_days(this.day, count * this.range().days));
	}

	set_view(view) {
		this.view = view;
		if (view === "week") this.who ||= this.data?.columns.length ? this.first_column() : null;
		// Nobody is there whose week it could be.
		if (view === "week" && !this.who) this.view = "day";
		if (view === "day") this.who = null;
		remember("view", view === "list" ? "list" : "day");
		this.move_on();
	}

	first_column() {
		return (this.columns()[0] || this.data.columns[0]).key;
	}

	/** The week of one practitioner, room or device. */
	show_week_of(key) {
		Object.assign(this, { who: key, view: "week" });
		this.move_on();
	}

	/** Back to everybody. */
	show_all() {
		this.who = null;
		if (this.view === "week") this.view = "day";
		this.move_on();
	}

	move_on() {
		this.data = null;
		this.panel.close();
		this.refresh();
	}

	set_branch(branch) {
		this.branch = branch || null;
		localStorage.setItem("clinic_branch", this.branch || "");
		this.move_on();
	}

	set_filter(change) {
		Object.assign(this.filters, change);
		remember("filters", this.filters);
		this.draw();
	}

	toggle_state(status) {
		const hidden = new Set(this.hidden_states);
		if (!hidden.delete(status)) hidden.add(status);
		this.hidden_states = [...hidden];
		remember("hidden_states", this.hidden_states);
		this.draw();
	}

	set_zoom(level) {
		this.zoom = Math.min(Math.max(level, 0), 3);
		remember("zoom", this.zoom);
		if (this.data) this.draw();
		this.bar.refresh();
	}
}

const split = (key) => [key.slice(0, 2), key.slice(3)];

function remembered_branch() {
	const branches = Object.keys(frappe.boot.clinic?.branches || {});
	const kept = localStorage.getItem("clinic_branch");
	if (kept !== null && (kept === "" || branches.includes(kept))) return kept || null;
	return branches.length === 1 ? branches[0] : null;
}
