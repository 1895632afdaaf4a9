/* Groups and what visitors hold, as the board shows them: one card for each start (F05, F13). Pure. */

import { OCCUPYING, keys_of, state_class } from "./layout.js";

/** What makes appointments a group; null for who is alone. */
export function group_of(row) {
	return row.group_size > 1 ? `${row.service}|${row.practitioner}|${row.start}` : null;
}

/** Everybody of the group of a row, or the row alone. */
export function members_of(rows, row) {
	const group = group_of(row);
	return group ? rows.filter((one) => group_of(one) === group) : [row];
}

/** These names and all that are in a group with one of them: how full it is has changed for each. */
export function with_groups(rows, names) {
	const asked = new Set(names);
	const groups = new Set(rows.filter((row) => asked.has(row.appointment)).map(group_of));
	groups.delete(null);
	for (const row of rows) if (groups.has(group_of(row))) asked.add(row.appointment);
	return [...asked];
}

/** Who came into a group knows how full it is now: so do the others. */
export function tell_groups(rows, fresh) {
	const taken = new Map(fresh.map((row) => [group_of(row), row.group_taken]));
	taken.delete(null);
	return rows.map((row) =>
		taken.has(group_of(row)) ? { ...row, group_taken: taken.get(group_of(row)) } : row
	);
}

/** One event for each group whose column is shown; `extendedProps.group` are its members. */
export function group_events(rows, keys, hidden_states = []) {
	const groups = new Map();
	for (const row of rows) {
		const group = group_of(row);
		if (!group || hidden_states.includes(row.status)) continue;
		if (!groups.has(group)) groups.set(group, []);
		groups.get(group).push(row);
	}
	const events = [];
	for (const [id, group] of groups) {
		const parts = group.flatMap((row) => row.parts);
		const resourceIds = [...new Set(parts.flatMap(keys_of))].filter((key) => keys.has(key));
		if (!resourceIds.length) continue;
		events.push({
			id: `group:${id}`,
			start: parts[0].start,
			end: parts[0].end,
			resourceIds,
			// Who of them is moved is said in the list.
			editable: false,
			classNames: [
				"clinic-slot-event",
				"clinic-slot-event--group",
				`clinic-slot-event--${state_class(state_of(group))}`,
			],
			extendedProps: { group },
		});
	}
	return events;
}

/** The state all of them are in who take a place; booked, if they differ. */
function state_of(group) {
	const here = group.filter((row) => OCCUPYING.includes(row.status));
	const states = new Set((here.length ? here : group).map((row) => row.status));
	return states.size === 1 ? [...states][0] : "Booked";
}

/** Holds as they came, each with the moment of this browser's clock at which it is over. */
export function received(holds, now) {
	return (holds || []).map((hold) => ({ ...hold, over_at: now + hold.seconds * 1000 }));
}

/** Those that are not over yet. */
export function still_held(holds, now) {
	return holds.filter((hold) => hold.over_at > now);
}

/** A card for each time a visitor holds in one of these columns. */
export function hold_events(holds, keys) {
	return holds
		.filter(({ key }) => keys.has(key))
		.map((hold) => ({
			id: `online:${hold.key}:${hold.start}`,
			start: hold.start,
			end: hold.end,
			resourceIds: [hold.key],
			editable: false,
			classNames: ["clinic-slot-event", "clinic-slot-event--online"],
			extendedProps: { hold },
		}));
}

/** A hold as a row without a name: it takes its time. */
export function as_row({ key, start, end }) {
	const whose = key.startsWith("PR:") ? "practitioner" : "resource";
	return { status: "Held", parts: [{ [whose]: key.slice(3), start, end }] };
}

/** The hold that lies at a time of a column; null if none does. */
export function hold_at(holds, key, text) {
	return holds.find((hold) => hold.key === key && hold.start <= text && text < hold.end) || null;
}
