/* The way to the server: reads by GET, commands by POST with an idempotency key. */

import { handle_session_expired } from "./compat.js";
import { sentence } from "./fmt.js";
import { toast } from "./toast.js";

const SESSION_OVER = new Set(["SessionExpired", "AuthenticationError", "SessionStopped"]);
const RETRY_AFTER_MS = [600, 2000];

/** What the server refused, in the user's language. `status` is the HTTP status (0: no network). */
export class ServerError extends Error {
	constructor(message, { status = 0, title = "", type = "", data = null } = {}) {
		super(message);
		this.name = "ServerError";
		Object.assign(this, { status, title, type, data });
	}
}

/**
 * Read: `clinic.call(method, args)` → the answer. Rejects with ServerError, which is shown as a
 * toast unless `quiet` is set or an `error_area` takes it. `post`: the question is too long for an address.
 */
export function call(method, args = {}, opts = {}) {
	return tell(opts, () => request(opts.post ? "POST" : "GET", method, args));
}

/** Fetch a file by POST and save it as `filename`. Errors and `button` as in `call`. */
export function download(method, args, filename, opts = {}) {
	return tell(opts, async () => {
		const answer = await send("POST", method, args);
		if (!answer.ok) throw refuse(answer, await answer.json().catch(() => ({})));
		save_file(await answer.blob(), filename);
	});
}

/** Let the browser save a Blob under a name. */
export function save_file(blob, filename) {
	const link = document.createElement("a");
	link.href = URL.createObjectURL(blob);
	link.download = filename;
	link.click();
	setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

/**
 * Write: one key per user action, so that a lost answer is asked for again without doing the work
 * twice. `button` is disabled and shows progress meanwhile; `error_area` (an element near it)
 * shows the error. Also `quiet`.
 */
export function command(method, args = {}, opts = {}) {
	const body = { idempotency_key: opts.key || action_key(), ...args };
	return tell(opts, () => with_retries(() => request("POST", method, body)));
}

/** A key for one action of the user. */
export function action_key() {
	if (window.crypto?.randomUUID) return window.crypto.randomUUID();
	return frappe.utils.get_random(32);
}

async function tell(opts, work) {
	const done = busy(opts.button);
	clear_error(opts.error_area);
	try {
		return await work();
	} catch (error) {
		if (!opts.quiet) show_error(error, opts.error_area);
		throw error;
	} finally {
		done();
	}
}

async function with_retries(work) {
	for (const pause of [...RETRY_AFTER_MS, null]) {
		try {
			return await work();
		} catch (error) {
			if (error.status !== 0 || pause === null) throw error;
			await new Promise((go) => setTimeout(go, pause));
		}
	}
}

async function request(type, method, args) {
	const answer = await send(type, method, args);
	const data = await answer.json().catch(() => ({}));
	if (!answer.ok) throw refuse(answer, data);
	show_messages(data);
	return data.message;
}

async function send(type, method, args) {
	const body = encode(args);
	const headers = { Accept: "application/json", "X-Frappe-CSRF-Token": frappe.csrf_token || "" };
	let url = `/api/method/${method}`;
	const options = { method: type, headers, credentials: "same-origin", cache: "no-store" };
	if (type === "GET") url += body.toString() ? `?${body}` : "";
	else options.body = body;
	try {
		return await fetch(url, options);
	} catch (error) {
		throw new ServerError(__("The server cannot be reached. Please check the connection."));
	}
}

function encode(args) {
	const body = new URLSearchParams();
	for (const [key, value] of Object.entries(args)) {
		if (value === undefined || value === null) continue;
		body.set(key, typeof value === "object" ? JSON.stringify(value) : plain(value));
	}
	return body;
}

const plain = (value) => (value === true ? "1" : value === false ? "0" : String(value));

function refuse(answer, data) {
	const type = data.exc_type || "";
	const signed_out =
		frappe.session.user !== "Guest" && /(^|;\s*)user_id=Guest/.test(document.cookie);
	if (answer.status === 401 || SESSION_OVER.has(type) || (answer.status === 403 && signed_out)) {
		handle_session_expired();
	}
	const messages = messages_of(data);
	const said = messages.map((entry) => entry.message).filter(Boolean);
	return new ServerError(said.join("\n") || data._error_message || by_status(answer.status), {
		status: answer.status,
		title: messages[0]?.title || "",
		type,
		data,
	});
}

function by_status(status) {
	if (status === 403) return __("You are not allowed to do this.");
	if (status === 404) return __("This was not found. It may have been removed meanwhile.");
	if (status === 409) return __("Somebody else was faster. Please look again.");
	if (status === 429) return __("Too many requests. Please wait a moment.");
	return __("Something went wrong on the server. It was logged; please try again.");
}

function messages_of(data) {
	try {
		return JSON.parse(data._server_messages || "[]").map((text) => {
			const entry = typeof text === "string" ? parse(text) : text;
			return { ...entry, message: sentence(plain_text(entry.message)) };
		});
	} catch (error) {
		return [];
	}
}

function parse(text) {
	try {
		const value = JSON.parse(text);
		return typeof value === "object" ? value : { message: String(value) };
	} catch (error) {
		return { message: text };
	}
}

/** Frappe's messages carry markup (<strong>, <br>, links): we show their text. */
export function plain_text(html) {
	const text = String(html ?? "").replace(/<br\s*\/?>|<\/(p|div|li)>/gi, "\n");
	const holder = new DOMParser().parseFromString(text, "text/html");
	return (holder.body.textContent || "").replace(/\n{2,}/g, "\n").trim();
}

function show_messages(data) {
	for (const entry of messages_of(data)) {
		if (!entry.message) continue;
		const kind = entry.indicator === "green" ? "success" : "info";
		toast(entry.message, { kind: entry.indicator === "red" ? "error" : kind });
	}
}

/** Show an error in `area` (an element), or as a toast. */
export function show_error(error, area) {
	const message = error?.message || String(error);
	// A fault of ours, not something the user can mend: developers want to see where.
	if (error instanceof TypeError || error instanceof ReferenceError) console.error(error);
	if (!area) return toast(message, { kind: "error" });
	area.hidden = false;
	area.className = "clinic-error";
	area.setAttribute("role", "alert");
	area.textContent = message;
	area.scrollIntoView({ block: "nearest" });
}

export function clear_error(area) {
	if (!area) return;
	area.hidden = true;
	area.textContent = "";
}

/** Mark a button as working; returns the function that ends it. */
export function busy(button) {
	const element = button?.jquery ? button[0] : button;
	if (!element) return () => {};
	const was = element.disabled;
	element.disabled = true;
	element.classList.add("clinic-busy");
	element.setAttribute("aria-busy", "true");
	return () => {
		element.disabled = was;
		element.classList.remove("clinic-busy");
		element.removeAttribute("aria-busy");
	};
}
