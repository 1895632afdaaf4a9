/*
 * A desk several people share (G10): the screen covers itself when nobody touches it, and another person
 * takes over by PIN. The server refuses a covered session everything; this only hides what is drawn
 * already and keeps an unsaved form where it is. One page (/locked) asks for the PIN, here and alone.
 */

import { call, command } from "../kit/call.js";
import { unsaved_form } from "../kit/compat.js";
import { h } from "../kit/dom.js";

const API = "clinic_core.people.desk.api";
const TOUCHED = "clinic_touched_at";
const COVERED = "clinic_covered";
const LOOK_EVERY_MS = 5_000;
const NOTE_EVERY_MS = 2_000;
const AGAIN_MS = 3_000;
const EVENTS = ["pointerdown", "pointermove", "keydown", "wheel", "touchstart", "scroll"];

let minutes = 0;
let frame = null;
let title = "";
let noted = 0;

/** Begin to watch; called once when the desk is loaded. */
export async function install() {
	if (!frappe.boot || frappe.session?.user === "Guest") return;
	window.addEventListener("message", (event) => {
		if (event.origin === window.location.origin && frame?.contains_source(event.source))
			heard(event.data?.clinic);
	});
	window.addEventListener("storage", (event) => {
		if (event.key === COVERED) event.newValue ? show_cover() : take_away();
	});
	const state = await call(`${API}.state`, {}, { quiet: true }).catch(() => null);
	if (!state) return;
	minutes = state.idle_minutes;
	if (state.covered) return show_cover();
	localStorage.removeItem(COVERED);
	if (minutes) watch();
}

function watch() {
	// Who comes back to a browser that was left open finds it covered, not waiting once more.
	if (!localStorage.getItem(TOUCHED)) touched();
	for (const name of EVENTS)
		document.addEventListener(name, touched, { capture: true, passive: true });
	setInterval(look, LOOK_EVERY_MS);
	document.addEventListener("visibilitychange", () => !document.hidden && look());
}

function touched() {
	const now = Date.now();
	if (frame || now - noted < NOTE_EVERY_MS) return;
	if (noted && is_over(now)) return look();
	noted = now;
	localStorage.setItem(TOUCHED, String(now));
}

/** Whether nobody touched any tab for the minutes of this desk. */
function is_over(now) {
	return now - Number(localStorage.getItem(TOUCHED) || now) >= minutes * 60_000;
}

function look() {
	if (!frame && is_over(Date.now())) cover("idle");
}

/** Cover the screen now, here and in every tab. */
export async function cover(how = "hand") {
	if (frame?.is_cover) return;
	frame?.remove();
	const drawn = draw(true);
	localStorage.setItem(COVERED, "1");
	// Without a connection the screen is covered all the same; the server is told when it can be.
	while (frame === drawn) {
		const told = await command(`${API}.cover`, { how }, { quiet: true }).catch(() => null);
		if (told) return drawn.load();
		await new Promise((go) => setTimeout(go, AGAIN_MS));
	}
}

/** Let another person take over; warns of what is not saved. */
export function switch_person() {
	if (!frame) draw(false).load();
}

function show_cover() {
	if (frame?.is_cover) return;
	frame?.remove();
	draw(true).load();
}

function draw(is_cover) {
	const inner = h("iframe", { title: __("Enter your PIN") });
	const element = h(
		"div",
		{ class: "clinic-cover", role: "dialog", "aria-modal": "true" },
		inner
	);
	document.body.append(element);
	document.body.classList.add("clinic-covered");
	title = document.title;
	document.title = __("Screen covered");
	frame = {
		is_cover,
		load: () => (inner.src = `/locked?framed=1${unsaved_form() ? "&unsaved=1" : ""}`),
		contains_source: (source) => source === inner.contentWindow,
		remove: () => element.remove(),
	};
	inner.addEventListener("load", () => inner.focus());
	return frame;
}

function take_away() {
	if (!frame) return;
	frame.remove();
	frame = null;
	document.body.classList.remove("clinic-covered");
	document.title = title;
	noted = 0;
	localStorage.setItem(TOUCHED, String(Date.now()));
}

function heard(what) {
	if (what === "uncovered" || what === "stayed") {
		localStorage.removeItem(COVERED);
		take_away();
	} else if (what === "switched" || what === "signed out") {
		localStorage.removeItem(COVERED);
		localStorage.setItem(TOUCHED, String(Date.now()));
		window.onbeforeunload = null;
		window.location.assign(what === "switched" ? "/app" : "/login");
	}
}
