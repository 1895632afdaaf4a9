/* Tells the front desk, wherever it is in the desk, that a time became free that somebody waits for (F08). */

import { is_connected } from "../../kit/compat.js";
import { date, number, time } from "../../kit/fmt.js";
import { watch } from "../../kit/live.js";
import { toast } from "../../kit/toast.js";
import { is_panel_open, overview, waiting_panel } from "./panel.js";

const FRONT_DESK = ["Clinic Receptionist", "Clinic Branch Supervisor", "Clinic Manager"];
const KEY = "clinic-freed-times-told";
const SECONDS = 25;

/** Installed once per desk; who the user is, and the connection, are known when the desk is ready. */
export function install() {
	$(document).on("app_ready", () => {
		if (!FRONT_DESK.some((role) => frappe.user_roles?.includes(role))) return;
		if (is_connected() !== null) {
			watch(["Clinic Freed Time"], (changes) => changes.length && tell());
		}
	});
}

async function tell() {
	const { freed } = await overview().catch(() => ({ freed: [] }));
	const told = new Set(known());
	const fresh = freed.filter((row) => !told.has(row.freed));
	sessionStorage.setItem(KEY, JSON.stringify(freed.map((row) => row.freed)));
	if (!fresh.length || is_panel_open()) return;
	toast(sentence(fresh), {
		kind: "info",
		seconds: SECONDS,
		about: "clinic-freed-time",
		action: { label: __("Show"), on_click: () => waiting_panel() },
	});
}

function known() {
	try {
		return JSON.parse(sessionStorage.getItem(KEY)) || [];
	} catch (error) {
		return [];
	}
}

function sentence(fresh) {
	if (fresh.length > 1) {
		return __("{0} times became free that somebody waits for.", [number(fresh.length)]);
	}
	const [row] = fresh;
	const parts = [row.practitioner_name, date(row.start, { year: false }), time(row.start)];
	if (row.people.length === 1) {
		return __("A time became free: {0}, {1}, {2}. One person waits for it.", parts);
	}
	return __("A time became free: {0}, {1}, {2}. {3} people wait for it.", [
		...parts,
		number(row.people.length),
	]);
}
