/*
 * What the board shows, without a browser: minutes, gaps, occupancy, which events there are. Pure.
 * Times are "YYYY-MM-DD HH:MM:SS" as the server sends them; a span is [start, end) in minutes.
 */

const DAY = 24 * 60;

/** Minutes since 1970 of a stored time. */
export function minute(text) {
	const [year, month, day, hour = 0, minutes = 0] = text.split(/[-: T]/).map(Number);
	return Date.UTC(year, month - 1, day, hour, minutes) / 60000;
}

/** The stored time of a minute. */
export function text_of(at) {
	return new Date(at * 60000).toISOString().slice(0, 19).replace("T", " ");
}

const span = ({ start, end }) => [minute(start), minute(end)];

/** The same time without overlaps, in order. */
export function union(spans) {
	const joined = [];
	for (const [start, end] of [...spans].sort((a, b) => a[0] - b[0])) {
		const last = joined[joined.length - 1];
		if (start >= end) continue;
		if (last && start <= last[1]) last[1] = Math.max(last[1], end);
		else joined.push([start, end]);
	}
	return joined;
}

/** What lies between `begin` and `end` and in none of the spans. */
export function gaps(spans, begin, end) {
	const found = [];
	let at = begin;
	for (const [start, finish] of union(clip(spans, begin, end))) {
		if (start > at) found.push([at, start]);
		at = finish;
	}
	if (at < end) found.push([at, end]);
	return found;
}

export function clip(spans, begin, end) {
	return spans
		.map(([start, finish]) => [Math.max(start, begin), Math.min(finish, end)])
		.filter(([start, finish]) => start < finish);
}

const length = (spans) => spans.reduce((sum, [start, end]) => sum + end - start, 0);

/** States that hold their time. */
export const OCCUPYING = ["Held", "Booked", "Confirmed", "Arrived", "Admitted", "Completed"];

/** The keys of the columns a part of an appointment lies in. */
export function keys_of(part) {
	return [
		part.practitioner && `PR:${part.practitioner}`,
		part.resource && `RS:${part.resource}`,
	].filter(Boolean);
}

/**
 * How full a column is: {work, taken, percent, count}, minutes. A practitioner is taken once however many
 * are squeezed in; a room of several seats has them all to give. `percent` is null where nobody works.
 */
export function occupancy(column, rows) {
	const spans = [];
	const seen = new Set();
	for (const row of rows) {
		if (!OCCUPYING.includes(row.status)) continue;
		for (const part of row.parts) {
			if (!keys_of(part).includes(column.key)) continue;
			spans.push(span(part));
			seen.add(row.appointment);
		}
	}
	const seats = column.capacity || 1;
	const work = length(union(column.work.map(span))) * seats;
	const all = [...spans, ...(column.busy || []).map(span)];
	// A group has a room for one patient to itself, and shares it.
	const taken = seats > 1 ? length(all) : length(union(all));
	const percent = work ? Math.round((100 * taken) / work) : null;
	return { work, taken, percent, count: seen.size };
}

/** What the grid draws: one event for each part whose column is shown. Groups have cards of their own. */
export function events_of(rows, keys, hidden_states = []) {
	const events = [];
	for (const row of rows) {
		if (hidden_states.includes(row.status) || row.group_size > 1) continue;
		row.parts.forEach((part, index) => {
			const resourceIds = keys_of(part).filter((key) => keys.has(key));
			if (!resourceIds.length) return;
			// Dragging one part moves the whole appointment.
			const movable = row.actions.includes("reschedule");
			events.push({
				id: `${row.appointment}:${index}`,
				start: part.start,
				end: part.end,
				resourceIds,
				editable: movable,
				startEditable: movable,
				durationEditable: movable && row.parts.length === 1,
				classNames: [`clinic-slot-event`, `clinic-slot-event--${state_class(row.status)}`],
				extendedProps: { row, part },
			});
		});
	}
	return events;
}

/** "No Show" → "no-show". */
export function state_class(status) {
	return status.toLowerCase().replace(/ /g, "-");
}

/** What lies behind: time nobody works, leaves and closures, time that others have taken. */
export function background_of(columns, begin, end) {
	const found = [];
	const add = (column, [start, finish], kind, title = "") =>
		found.push({
			id: `bg:${found.length}`,
			start: text_of(start),
			end: text_of(finish),
			resourceIds: [column.key],
			display: "background",
			classNames: ["clinic-band", `clinic-band--${kind}`],
			extendedProps: { band: { kind, title } },
		});
	for (const column of columns) {
		const bands = column.bands.map((band) => ({ ...band, span: span(band) }));
		const known = [...column.work.map(span), ...bands.map((band) => band.span)];
		if (column.is_active === false) add(column, [begin, end], "broken");
		else gaps(known, begin, end).forEach((gap) => add(column, gap, "off"));
		bands.forEach((band) => add(column, band.span, band.kind.toLowerCase(), band.title));
		(column.busy || []).forEach((taken) => add(column, span(taken), "busy"));
	}
	return found;
}

/**
 * Time that is taken without the user seeing by whom: what visible appointments lie on is theirs.
 * Columns are given back with what is left of `busy`.
 */
export function without_visible(columns, rows) {
	return columns.map((column) => {
		if (!column.busy?.length) return column;
		const mine = rows
			.filter((row) => OCCUPYING.includes(row.status))
			.flatMap((row) => row.parts)
			.filter((part) => keys_of(part).includes(column.key))
			.map(span);
		const left = column.busy.map(span).flatMap(([start, end]) => gaps(mine, start, end));
		return {
			...column,
			busy: left.map(([start, end]) => ({ start: text_of(start), end: text_of(end) })),
		};
	});
}

/** Changed rows put in the place of the old ones; of `names` those that came back, the others are gone. */
export function merge_rows(rows, names, fresh) {
	const asked = new Set(names);
	const kept = rows.filter((row) => !asked.has(row.appointment));
	const order = (row) => `${row.start} ${row.appointment}`;
	return [...kept, ...fresh].sort((a, b) => (order(a) < order(b) ? -1 : 1));
}

/** Columns by the filters of the bar: {show: both|practitioner|resource, department, role}. */
export function columns_shown(columns, { show = "both", department = "", role = "" } = {}) {
	return columns.filter((column) => {
		if (show !== "both" && column.kind !== show) return false;
		if (column.kind === "resource") return !role || column.role === role;
		return !department || column.department === department;
	});
}

/** The first day of the week that holds `day`; `first` is 0 for Sunday, 6 for Saturday. */
export function week_start(day, first) {
	const at = minute(`${day} 00:00`);
	const weekday = new Date(at * 60000).getUTCDay();
	return text_of(at - ((weekday - first + 7) % 7) * DAY).slice(0, 10);
}

/**
 * Where the keyboard's cursor goes: {column, at} → the same after an arrow key. `count` columns, times of
 * `begin`…`end` minutes in steps of `step`; up and down stay inside, Home and End go to the edges.
 */
export function next_cell({ column, at }, key, { count, begin, end, step, rtl = false }) {
	const side = rtl ? -1 : 1;
	const across = { ArrowRight: side, ArrowLeft: -side }[key] || 0;
	const down = { ArrowDown: step, ArrowUp: -step, PageDown: 60, PageUp: -60 }[key] || 0;
	const edge = { Home: begin, End: end - step }[key];
	const moved = edge ?? Math.floor((at + down) / step) * step;
	return {
		column: Math.min(Math.max(column + across, 0), Math.max(count - 1, 0)),
		at: Math.min(Math.max(moved, begin), end - step),
	};
}

/** The appointment that lies at a minute of a column, the one that began last; null if none does. */
export function row_at(rows, key, at, hidden_states = []) {
	let found = null;
	for (const row of rows) {
		if (hidden_states.includes(row.status)) continue;
		for (const part of row.parts) {
			const [start, end] = span(part);
			if (keys_of(part).includes(key) && start <= at && at < end) found = row;
		}
	}
	return found;
}

/** The hours of the day that are shown: those of the server, and what lies beyond them by now. */
export function hours_of([from, to], rows) {
	let [first, last] = [from, to].map((text) => minute(`1970-01-01 ${text}`));
	for (const part of rows.flatMap((row) => row.parts)) {
		const [start, end] = span(part);
		const midnight = start - (start % DAY);
		const is_over = end - midnight > DAY;
		first = is_over ? 0 : Math.min(first, Math.floor((start - midnight) / 60) * 60);
		last = is_over ? DAY : Math.max(last, Math.ceil((end - midnight) / 60) * 60);
	}
	return [first, last];
}

/** "08:00" of a minute of the day. */
export function clock_of(at) {
	return `${String(Math.floor(at / 60)).padStart(2, "0")}:${String(at % 60).padStart(2, "0")}`;
}
