/*
 * The keyboard in the grid (E190): arrows go from place to place, Enter opens the appointment there or
 * books, M moves it. What lies under the cursor is said aloud.
 */

import { fill, h } from "../../kit/dom.js";
import { date, list, now, time } from "../../kit/fmt.js";
import { move_dialog } from "../book_dialog.js";
import { book_at } from "./booking.js";
import { hold_text, what } from "./event_content.js";
import { group_of, hold_at } from "./groups.js";
import { minute, next_cell, row_at, text_of } from "./layout.js";

const STEP = 15;
const KEYS = [
	"ArrowUp",
	"ArrowDown",
	"ArrowLeft",
	"ArrowRight",
	"Home",
	"End",
	"PageUp",
	"PageDown",
];

export class Cursor {
	constructor(page, grid) {
		Object.assign(this, { page, grid, cell: null });
		this.voice = h("div", { class: "sr-only", "aria-live": "polite" });
		this.mark = h("div", { class: "clinic-schedule__cursor", "aria-hidden": "true" });
		grid.place.addEventListener("keydown", (event) => this.on_key(event));
		// A click needs no cursor.
		grid.place.addEventListener(
			"focus",
			() => grid.place.matches(":focus-visible") && this.place()
		);
		grid.place.addEventListener("blur", () => this.mark.remove());
	}

	/** Columns or times may have changed under it. */
	refresh() {
		this.lanes = this.make_lanes();
		if (document.activeElement === this.grid.place) this.place();
		else this.mark.remove();
	}

	/** What the arrows go through: columns of a day, or days of one column. */
	make_lanes() {
		const { first, days } = this.page.range();
		const midnight = minute(`${first} 00:00`);
		if (days === 1) return this.grid.columns.map((column) => ({ column, midnight }));
		const [column] = this.grid.columns;
		return Array.from({ length: days }, (_, index) => ({
			column,
			midnight: midnight + index * 1440,
		}));
	}

	frame() {
		const [begin, end] = this.page.hours();
		const rtl = document.documentElement.dir === "rtl";
		return { count: this.lanes.length, begin, end, step: STEP, rtl };
	}

	start() {
		const { begin, end } = this.frame();
		const [day, clock] = now().split(" ");
		const at = day === this.page.day ? minute(`1970-01-01 ${clock}`) : begin;
		return {
			column: 0,
			at: Math.min(Math.max(Math.ceil(at / STEP) * STEP, begin), end - STEP),
		};
	}

	here() {
		const lane = this.lanes[this.cell.column];
		if (!lane) return null;
		const at = lane.midnight + this.cell.at;
		const row = row_at(this.page.rows(), lane.column.key, at);
		const hold = row ? null : hold_at(this.page.online.holds, lane.column.key, text_of(at));
		return { ...lane, at, row, hold };
	}

	on_key(event) {
		// Only the grid itself: an appointment or a head in it has keys of its own.
		if (event.target !== this.grid.place || event.ctrlKey || event.metaKey || event.altKey)
			return;
		if (!this.lanes?.length) return;
		this.cell ||= this.start();
		if (KEYS.includes(event.key)) {
			this.cell = next_cell(this.cell, event.key, this.frame());
			this.place();
		} else if (event.key === "Enter" || event.key === " ") this.act();
		else if (event.code === "KeyM") this.move();
		else if (event.key === "Escape") this.page.panel.close();
		else return;
		event.preventDefault();
		event.stopPropagation();
	}

	act() {
		const { row, column, at } = this.here();
		if (row) this.page.open_place(row);
		else book_at(this.page, { column, start: text_of(at) });
	}

	move() {
		const { row } = this.here();
		if (row && group_of(row)) return this.page.open_place(row);
		if (!row?.actions.includes("reschedule")) return;
		const from_date = row.start.slice(0, 10);
		const on_done = () => this.page.reread([row.appointment]);
		move_dialog({ ...row, branch: null, from_date, on_done });
	}

	place() {
		if (!this.lanes?.length) return;
		this.cell ||= this.start();
		this.cell.column = Math.min(this.cell.column, this.lanes.length - 1);
		const body = this.grid.place.querySelectorAll(".ec-body .ec-day")[this.cell.column];
		if (!body) return;
		const { begin, end } = this.frame();
		const share = (minutes) => `${(100 * minutes) / (end - begin)}%`;
		Object.assign(this.mark.style, {
			insetBlockStart: share(this.cell.at - begin),
			blockSize: share(STEP),
		});
		body.append(this.mark);
		this.mark.scrollIntoView({ block: "nearest", inline: "nearest" });
		this.say();
	}

	say() {
		const { column, at, row, hold } = this.here();
		const when = [column.title, date(text_of(at)), time(text_of(at))];
		fill(this.voice, list([...when, ...words_of(row, hold)]));
	}
}

function words_of(row, hold) {
	if (hold) return [hold_text(hold)];
	if (!row) return [__("free")];
	return group_of(row) ? [what(row)] : [row.full_name, what(row), __(row.status)];
}
