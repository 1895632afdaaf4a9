/* A visitor's comment: checked, sent once, answered in place. */

import { to_latin } from "../kit/digits.js";
import { text } from "./texts.js";

const METHOD = "/api/method/clinic_core.service_catalog.public_page.api.submit_review";

export function start_comments() {
	const form = document.getElementById("comment-form");
	if (!form || !window.fetch) return;
	const opened = Date.now();
	const button = form.querySelector("button[type=submit]");
	const notice = form.querySelector(".notice");
	let sent = null;
	form.hidden = false;

	function show_error(field, problem) {
		const input = form.elements[field];
		const place = document.getElementById(`e-${field}`);
		if (!place) return null;
		place.textContent = problem || "";
		if (problem) input.setAttribute("aria-invalid", "true");
		else input.removeAttribute("aria-invalid");
		return input;
	}

	function first_missing() {
		let first = null;
		for (const input of form.querySelectorAll("[required]")) {
			if (input.value.trim()) continue;
			show_error(input.name, text("required"));
			first = first || input;
		}
		return first;
	}

	function values() {
		const given = Object.fromEntries(new FormData(form));
		given.mobile = to_latin(given.mobile || "");
		const content = JSON.stringify([form.dataset.name, given]);
		// The same content keeps its key when it is sent again; other content is another request.
		if (sent?.content !== content) sent = { content, key: `${Date.now()}-${Math.random()}` };
		return {
			...given,
			kind: form.dataset.kind,
			name: form.dataset.name,
			seconds: Math.round((Date.now() - opened) / 1000),
			idempotency_key: sent.key,
			_lang: document.documentElement.lang,
		};
	}

	function refuse(answer) {
		const inputs = Object.entries(answer.field_errors || {}).map(([field, problem]) =>
			show_error(field, problem)
		);
		const first = inputs.find(Boolean);
		if (first) return first.focus();
		let message = "";
		try {
			message = JSON.parse(JSON.parse(answer._server_messages)[0]).message;
		} catch {
			message = "";
		}
		const parsed = new DOMParser().parseFromString(message, "text/html");
		notice.textContent = parsed.body.textContent || text("failed");
	}

	async function send() {
		const response = await fetch(METHOD, {
			method: "POST",
			headers: {
				"Content-Type": "application/json",
				Accept: "application/json",
				"X-Frappe-CSRF-Token": form.dataset.csrf,
			},
			body: JSON.stringify(values()),
		});
		const answer = await response.json().catch(() => ({}));
		if (!response.ok || !answer.message) return refuse(answer);
		const thanks = document.getElementById("comment-thanks");
		form.hidden = true;
		thanks.querySelector("span").textContent = answer.message.message;
		thanks.hidden = false;
		thanks.scrollIntoView({ block: "center" });
	}

	form.addEventListener("input", (event) => show_error(event.target.name, ""));
	form.addEventListener("submit", async (event) => {
		event.preventDefault();
		if (button.disabled) return;
		const missing = first_missing();
		if (missing) return missing.focus();
		const label = button.textContent;
		notice.textContent = "";
		button.disabled = true;
		button.textContent = button.dataset.busy;
		try {
			await send();
		} catch {
			notice.textContent = text(navigator.onLine === false ? "offline" : "failed");
		} finally {
			button.disabled = false;
			button.textContent = label;
		}
	});
}
