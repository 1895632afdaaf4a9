/* Live screens: when a document of a watched DocType changes anywhere, fetch again. */

const DEBOUNCE_MS = 250;
const AT_MOST_EVERY_MS = 1200;
const STALE_MS = 60_000;
const EVENTS = ["clinic_changed", "list_update"];

const watchers = new Set();
const rooms = new Map();
let listening = false;

/**
 * watch(["Clinic Visit", …], callback, {active}) → stop.
 * `callback(changes)` gets [{doctype, name}], an empty list after a reconnect or a long sleep of
 * the tab (then everything may have changed). While `active()` is false the change is kept and
 * delivered by the next call of `stop.flush()`.
 */
export function watch(doctypes, callback, { active = () => true } = {}) {
	listen();
	const watcher = {
		doctypes: new Set(doctypes),
		callback,
		active,
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
	if (!count) frappe.realtime.doctype_subscribe(doctype);
}

function leave(doctype) {
	const count = rooms.get(doctype) - 1;
	if (count > 0) return rooms.set(doctype, count);
	rooms.delete(doctype);
	frappe.realtime.doctype_unsubscribe(doctype);
}

function listen() {
	if (listening || !frappe.realtime?.socket) return;
	listening = true;
	keep_rooms();
	keep_trying();
	for (const event of EVENTS) frappe.realtime.on(event, changed);
	frappe.realtime.on("connect", () => {
		for (const doctype of rooms.keys()) frappe.realtime.doctype_subscribe(doctype);
		refresh_all();
	});
	let hidden_at = 0;
	document.addEventListener("visibilitychange", () => {
		if (document.hidden) hidden_at = Date.now();
		else if (hidden_at && Date.now() - hidden_at > STALE_MS) refresh_all();
	});
}

// A list view leaves the room of its DocType when it is closed: not while we still listen there.
function keep_rooms() {
	const unsubscribe = frappe.realtime.doctype_unsubscribe;
	frappe.realtime.doctype_unsubscribe = function (doctype) {
		if (!rooms.has(doctype)) unsubscribe.call(this, doctype);
	};
}

// Frappe gives up after three attempts: a server that restarts takes longer.
function keep_trying() {
	const manager = frappe.realtime.socket.io;
	manager?.reconnectionAttempts?.(Infinity);
	manager?.reconnectionDelayMax?.(15_000);
}

function changed(message) {
	if (!message?.doctype) return;
	for (const watcher of watchers) {
		if (!watcher.doctypes.has(message.doctype)) continue;
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
	const wait = Math.max(DEBOUNCE_MS, AT_MOST_EVERY_MS - since);
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
	return Boolean(frappe.realtime?.socket?.connected);
}
