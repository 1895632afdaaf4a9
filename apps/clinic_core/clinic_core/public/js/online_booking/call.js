/* Asks the server; what it refuses comes back as words, what never arrived is tried once more. */

import { text } from "../center/texts.js";

const API = "/api/method/clinic_core.online_booking.";
const PATIENCE = 25_000;
const PAUSE = 900;

/** A refusal of the server: `fields` by name, `status` of HTTP. */
export class Refused extends Error {
	constructor(status, answer) {
		super(said_by(answer) || text("failed"));
		this.status = status;
		this.fields = answer.field_errors || {};
	}
}

function said_by(answer) {
	let message = "";
	try {
		message = JSON.parse(JSON.parse(answer._server_messages)[0]).message;
	} catch {
		return "";
	}
	// Line by line: several fields are refused at once.
	const parsed = new DOMParser().parseFromString(message.replace(/<br>/g, "\n"), "text/html");
	return parsed.body.textContent;
}

async function once(address, options) {
	const stop = new AbortController();
	const timer = setTimeout(() => stop.abort(), PATIENCE);
	try {
		const response = await fetch(address, { ...options, signal: stop.signal });
		const answer = await response.json().catch(() => ({}));
		if (!response.ok) throw new Refused(response.status, answer);
		return answer.message;
	} finally {
		clearTimeout(timer);
	}
}

/** A slow network drops requests; those that may be repeated are, once. */
async function patiently(address, options) {
	try {
		return await once(address, options);
	} catch (error) {
		if (error instanceof Refused) throw error;
		await new Promise((done) => setTimeout(done, PAUSE));
		return once(address, options);
	}
}

export function ask(method, values) {
	const given = Object.entries(values).filter(([, value]) => value !== null && value !== "");
	const query = new URLSearchParams({
		...Object.fromEntries(given),
		_lang: document.documentElement.lang,
	});
	return patiently(`${API}${method}?${query}`, { headers: { Accept: "application/json" } });
}

/** Writes carry a key of their own, so that one that is sent twice is done once. */
export function tell(method, values, options = {}) {
	const headers = { "Content-Type": "application/json", Accept: "application/json" };
	const token = document.body.dataset.csrf;
	if (token) headers["X-Frappe-CSRF-Token"] = token;
	const body = JSON.stringify({ ...values, _lang: document.documentElement.lang });
	return patiently(`${API}${method}`, { method: "POST", headers, body, ...options });
}

export function words_of(error) {
	if (error instanceof Refused) return error.message;
	return text(navigator.onLine === false ? "offline" : "failed");
}

export function random_hex(bytes) {
	const values = crypto.getRandomValues(new Uint8Array(bytes));
	return [...values].map((value) => value.toString(16).padStart(2, "0")).join("");
}

/** Seconds as a clock shows them, 4:05. */
export function clock(seconds) {
	return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

/** The same content keeps its key when it is sent again; other content is another request. */
export function key_keeper() {
	let sent = null;
	return (content) => {
		const said = JSON.stringify(content);
		if (sent?.said !== said) sent = { said, key: random_hex(16) };
		return sent.key;
	};
}

export function busy(button, is_busy) {
	if (is_busy) button.dataset.label = button.textContent;
	button.disabled = is_busy;
	button.textContent = is_busy ? button.dataset.busy || text("busy") : button.dataset.label;
}
