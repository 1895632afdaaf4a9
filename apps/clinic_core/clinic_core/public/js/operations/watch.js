/* A scheduler that stands still cannot tell of itself: the desk of a manager looks now and then. */

import { command } from "../kit/call.js";

const EVERY_MS = 15 * 60_000;
const FIRST_MS = 20_000;
const MANAGERS = ["Clinic Manager", "System Manager"];

/** Ask the server to look after the system; it does so only if nobody did lately. */
export function install() {
	if (!frappe.boot || !MANAGERS.some((role) => frappe.user_roles?.includes(role))) return;
	const look = () =>
		command("clinic_core.operations.api.watch_health", {}, { quiet: true }).catch(() => {});
	setTimeout(look, FIRST_MS);
	setInterval(look, EVERY_MS);
}
