/* Live screens: when a document of a watched DocType changes anywhere, fetch again. */

import { enter_room, is_connected, keep_connecting, keep_rooms, leave_room } from "./compat.js";

const LONGEST_PAUSE_MS = 15_000;
const DEBOUNCE_MS = 250;
const AT_MOST_EVERY_MS = 1200;
const STALE_MS = 60_000;
const EVENTS = ["clinic_changed", "list_update"];

const watchers = new Set();
const rooms = new Map();
let listening = false;

/**
 * watch(["Clinic Visit", …], callback, {active, pause, every, also}) → stop.
 * `callback(changes)` gets [{doctype, name}], an empty list after a reconnect or a long sleep of
 * the tab (then everything may have changed). While `active()` is false the change is kept and
 * delivered by the next call of `stop.flush()`. `pause` and `every` (milliseconds) are for a screen that
 * reads only what changed and may do so sooner and more often. `also`: DocTypes of which is told in these rooms.
 */
export function watch(
	doctypes,
	callback,
	{ active = () => true, pause = DEBOUNCE_MS, every = AT_MOST_EVERY_MS, also = [] } = {}
) {
	listen();
	const watcher = {
		doctypes: new Set(doctypes),
		heard: new Set([...doctypes, ...also]),
		callback,
		active,
		pause,
		every,
		changes: null,
		timer: null,
		last: 0,
	};
	watchers.add(watcher);
	for (const doctype of watcher.doctypes) join(doctype);
	const stop = () => {
		if (!watchers.delete(watcher)) return;
		clearTimeout(watcher.timer);
		for (const doctype of watcher.doctypes) leave(doctype);
	};
	stop.flush = () => watcher.changes && schedule(watcher);
	return stop;
}

function join(doctype) {
	const count = rooms.get(doctype) || 0;
	rooms.set(doctype, count + 1);
	if (!count) enter_room(doctype);
}

function leave(doctype) {
	const count = rooms.get(doctype) - 1;
	if (count > 0) return rooms.set(doctype, count);
	rooms.delete(doctype);
	leave_room(doctype);
}

function listen() {
	if (listening || is_connected() === null) return;
	listening = true;
	// A list view leaves the room of its DocType when it is closed: not while we still listen there.
	keep_rooms((doctype) => rooms.has(doctype));
	keep_connecting(LONGEST_PAUSE_MS);
	for (const event of EVENTS) frappe.realtime.on(event, changed);
	frappe.realtime.on("connect", () => {
		for (const doctype of rooms.keys()) enter_room(doctype);
		refresh_all();
	});
	let hidden_at = 0;
	document.addEventListener("visibilitychange", () => {
		if (document.hidden) hidden_at = Date.now();
		else if (hidden_at && Date.now() - hidden_at > STALE_MS) refresh_all();
	});
}

function changed(message) {
	if (!message?.doctype) return;
	for (const watcher of watchers) {
		if (!watcher.heard.has(message.doctype)) continue;
		(watcher.changes ||= []).push({ doctype: message.doctype, name: message.name });
		schedule(watcher);
	}
}

function refresh_all() {
	for (const watcher of watchers) {
		watcher.changes ||= [];
		schedule(watcher);
	}
}

function schedule(watcher) {
	if (watcher.timer || !watcher.active()) return;
	const since = Date.now() - watcher.last;
	const wait = Math.max(watcher.pause, watcher.every - since);
	watcher.timer = setTimeout(() => {
		watcher.timer = null;
		if (!watcher.active() || !watcher.changes) return;
		const changes = watcher.changes;
		watcher.changes = null;
		watcher.last = Date.now();
		watcher.callback(changes);
	}, wait);
}

/** True if changes arrive by themselves right now. */
export function is_live() {
	return Boolean(is_connected());
}
