/* The grid: columns side by side for a day, or the week of one. Draws with EventCalendar, which is loaded here. */

import { fill, h, icon } from "../../kit/dom.js";
import { date, now, time, utc_offset, weekday } from "../../kit/fmt.js";
import { first_weekday } from "../../kit/calendar.js";
import { toast } from "../../kit/toast.js";
import { skeleton } from "../../kit/ui.js";
import { book_at } from "./booking.js";
import { Cursor } from "./cursor.js";
import { event_content, hold_text } from "./event_content.js";
import { group_events, hold_events } from "./groups.js";
import { Heads } from "./heads.js";
import { background_of, clock_of, events_of, minute } from "./layout.js";
import { dropped, resized } from "./moves.js";
import { load_grid } from "./vendor.js";

const ZOOMS = [
	{ slot: 30, height: 22 },
	{ slot: 15, height: 20 },
	{ slot: 15, height: 32 },
	{ slot: 5, height: 22 },
];
const SNAP_MINUTES = 5;
const NARROWEST = 138;
const HEAD_PX = 74;

export class Grid {
	constructor(page) {
		Object.assign(this, { page, calendar: null, dragging: false, columns: [] });
		this.place = h("div", {
			class: "clinic-schedule__grid",
			tabIndex: 0,
			role: "application",
			"aria-label": __("Schedule Board"),
		});
		this.heads = new Heads(page);
		this.cursor = new Cursor(page, this);
	}

	/** Draw these columns; the first time the library is fetched. */
	async draw(columns) {
		const { page } = this;
		this.columns = columns;
		if (!this.place.isConnected) fill(page.body, skeleton(4));
		const library = await load_grid();
		if (page.view === "list" || this.columns !== columns) return;
		if (!this.place.isConnected) fill(page.body, this.place, this.cursor.voice);
		const options = this.options(columns);
		if (this.calendar && this.shape === this.shape_of(columns)) {
			for (const name of ["slotMinTime", "slotMaxTime", "events"]) {
				this.calendar.setOption(name, options[name]);
			}
		} else {
			const scrolled = this.main()?.scrollTop;
			this.forget();
			fill(this.place);
			this.calendar = library.create(this.place, options);
			this.shape = this.shape_of(columns);
			if (scrolled && this.scrolled_for === page.question().date) this.keep_scroll(scrolled);
			this.scrolled_for = page.question().date;
		}
		this.heads.refresh(columns, page.data.appointments);
		this.cursor.refresh();
	}

	/** What needs a new calendar when it changes. */
	shape_of(columns) {
		const { view, zoom } = this.page;
		const keys = columns.map((column) => [column.key, column.title]);
		return JSON.stringify([view, zoom, this.page.range(), keys]);
	}

	forget() {
		if (this.calendar) window.EventCalendar.destroy(this.calendar);
		this.calendar = null;
		this.shape = null;
	}

	main() {
		return this.place.querySelector(".ec-main");
	}

	keep_scroll(top) {
		requestAnimationFrame(() => this.main() && (this.main().scrollTop = top));
	}

	options(columns) {
		const { page } = this;
		const { first, days } = page.range();
		const zoom = ZOOMS[page.zoom] || ZOOMS[1];
		const one = days > 1;
		this.heads.prepare(columns);
		return {
			view: one ? "timeGridWeek" : "resourceTimeGridDay",
			date: first,
			firstDay: first_weekday(),
			timeZone: utc_offset(),
			headerToolbar: { start: "", center: "", end: "" },
			allDaySlot: false,
			height: "100%",
			locale: "en",
			slotDuration: { minutes: zoom.slot },
			slotHeight: this.slot_height(zoom),
			slotLabelInterval: { minutes: Math.max(zoom.slot * 2, 30) },
			snapDuration: { minutes: SNAP_MINUTES },
			slotMinTime: clock_of(page.hours()[0]),
			slotMaxTime: clock_of(page.hours()[1]),
			nowIndicator: true,
			scrollTime: this.scroll_time(),
			slotEventOverlap: false,
			columnWidth: one ? undefined : `minmax(${NARROWEST}px, 1fr)`,
			resources: columns.map(({ key, title }) => ({ id: key, title })),
			filterEventsWithResources: true,
			events: [...this.background(columns), ...this.events(columns)],
			...this.texts(one),
			...this.hands(),
		};
	}

	/** A short day fills the screen instead of leaving it empty. */
	slot_height({ slot, height }) {
		const [begin, end] = this.page.hours();
		const room = this.page.body.clientHeight - HEAD_PX;
		return Math.max(height, Math.floor(room / ((end - begin) / slot)));
	}

	background(columns) {
		const { first, days } = this.page.range();
		const begin = minute(`${first} 00:00`);
		return background_of(columns, begin, begin + days * 24 * 60);
	}

	events(columns) {
		const keys = new Set(columns.map((column) => column.key));
		const { data, hidden_states, online } = this.page;
		return [
			...events_of(data.appointments, keys, hidden_states),
			...group_events(data.appointments, keys, hidden_states),
			...hold_events(online.holds, keys),
		];
	}

	texts(one) {
		return {
			slotLabelFormat: (at) => time(clock(at)),
			eventTimeFormat: (start, end) => `${time(clock(start))} – ${time(clock(end))}`,
			dayHeaderFormat: (at) => ({ domNodes: [day_head(this.page, day_of(at))] }),
			dayHeaderAriaLabelFormat: (at) => date(day_of(at)),
			resourceLabelContent: ({ resource }) => ({ domNodes: [this.heads.of(resource.id)] }),
			eventContent: (info) => ({ domNodes: event_content(info, { one }) }),
		};
	}

	hands() {
		const { page } = this;
		const began = () => (this.dragging = true);
		const ended = () => {
			this.dragging = false;
			setTimeout(() => page.stop.flush());
		};
		return {
			editable: false,
			selectable: page.may_book(),
			longPressDelay: 450,
			eventClick: ({ event }) => this.clicked(event.extendedProps),
			dateClick: ({ dateStr, resource }) => this.pointed(dateStr, resource),
			select: ({ startStr, resource }) => {
				this.calendar.unselect();
				this.pointed(startStr, resource);
			},
			eventDragStart: began,
			eventDragStop: ended,
			eventResizeStart: began,
			eventResizeStop: ended,
			eventDrop: (info) => dropped(page, info),
			eventResize: (info) => resized(page, info),
		};
	}

	clicked({ row, group, hold }) {
		if (hold) return toast(held_words(hold), { kind: "info" });
		return row ? this.page.open(row) : this.page.open_place(group[0]);
	}

	pointed(text, resource) {
		const column = resource ? this.page.column_of(resource.id) : this.columns[0];
		this.page.panel.close();
		book_at(this.page, { column, start: text.slice(0, 19).replace("T", " ") });
	}

	/** Where the day is opened: an hour before now, or where the hours begin. */
	scroll_time() {
		const { first, days } = this.page.range();
		const [today, clock_now] = now().split(" ");
		if (days > 1 || today !== first) return clock_of(this.page.hours()[0]);
		return clock_of(Math.max(0, Number(clock_now.slice(0, 2)) - 1) * 60);
	}

	/** Bring an appointment into sight. */
	reveal(row) {
		const element = this.element_of(row.appointment);
		element?.scrollIntoView({ block: "nearest", inline: "nearest" });
		for (const other of this.place.querySelectorAll(".clinic-slot-event--open")) {
			other.classList.remove("clinic-slot-event--open");
		}
		element?.classList.add("clinic-slot-event--open");
	}

	/** The column below the pointer: the library tells it only when it is another than before. */
	column_under(event) {
		if (this.columns.length === 1) return this.columns[0];
		const x = event?.clientX;
		return this.columns.find((column) => {
			const { left, right } = this.heads.of(column.key).getBoundingClientRect();
			return left <= x && x <= right;
		});
	}

	element_of(appointment) {
		const name = CSS.escape(appointment);
		const inside = `[data-appointment="${name}"], [data-members~="${name}"]`;
		return this.place.querySelector(inside)?.closest(".ec-event") || null;
	}

	/** Bring a column into sight and light it up for a moment. */
	reveal_column(key) {
		const head = this.heads.of(key);
		head?.scrollIntoView({ block: "nearest", inline: "center" });
		head?.classList.add("clinic-schedule-head--found");
		setTimeout(() => head?.classList.remove("clinic-schedule-head--found"), 1800);
	}

	focus() {
		this.place.focus();
	}
}

const held_words = (hold) =>
	`${hold_text(hold)}. ${__(
		"Somebody on the web site is about to book it; else it is free again then."
	)}`;

// The library gives local dates with the clock of the grid in them.
const two = (number) => String(number).padStart(2, "0");
const clock = (at) => `${two(at.getHours())}:${two(at.getMinutes())}`;
const day_of = (at) => `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`;

function day_head(page, day) {
	return h(
		"button",
		{
			class: `clinic-schedule-day${
				day === now().slice(0, 10) ? " clinic-schedule-day--today" : ""
			}`,
			title: __("Show this day of everybody"),
			on_click: () => {
				page.day = day;
				page.show_all();
			},
		},
		h("span", {}, weekday(day, { short: true })),
		h("strong", {}, date(day, { short: true, year: false })),
		icon("next", 12)
	);
}
