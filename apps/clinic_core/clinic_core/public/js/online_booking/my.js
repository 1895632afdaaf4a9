/* /my: a number, a code, whose page it is. */

import { to_latin } from "../kit/digits.js";
import { number, text } from "../center/texts.js";
import { Refused, busy, clock, tell, words_of } from "./call.js";

/** Lets a button be touched again after so many seconds, counting them down on it. */
export function pause_button(button, seconds) {
	const words = (button.dataset.words = button.dataset.words || button.textContent);
	const end = Date.now() + seconds * 1000;
	clearInterval(Number(button.dataset.timer));
	const tick = () => {
		const left = Math.max(0, Math.round((end - Date.now()) / 1000));
		button.disabled = left > 0;
		button.textContent = left ? `${words} (${number(clock(left))})` : words;
		if (!left) clearInterval(Number(button.dataset.timer));
	};
	button.dataset.timer = setInterval(tick, 1000);
	tick();
}

/** The errors of a form, each at its field; what belongs to none is a notice. */
export function show_refusal(form, notice, error) {
	const fields = error instanceof Refused ? error.fields : {};
	let first = null;
	for (const [name, problem] of Object.entries(fields)) {
		const place = document.getElementById(`e-${name}`);
		const input = form.elements[name];
		if (!place || !input) continue;
		place.textContent = problem;
		input.setAttribute("aria-invalid", "true");
		first = first || input;
	}
	if (first) first.focus();
	else notice.textContent = words_of(error);
}

function clear(form) {
	for (const place of form.querySelectorAll(".error")) place.textContent = "";
	for (const input of form.elements) input.removeAttribute("aria-invalid");
}

function again() {
	window.location.assign(`/my?_lang=${document.documentElement.lang}`);
}

export function start_my_page() {
	document.getElementById("my-leave")?.addEventListener("click", async () => {
		await tell("my.api.leave", {}).catch(() => {});
		again();
	});
	const by_mobile = document.getElementById("my-mobile");
	if (!by_mobile) return;
	const by_code = document.getElementById("my-code");
	const people = document.getElementById("my-people");
	const notice = document.getElementById("notice");
	const another = by_code.querySelector("[data-again]");
	const mobile = () => to_latin(by_mobile.elements.mobile.value);

	async function send(form, button, work) {
		clear(form);
		notice.textContent = "";
		const empty = [...form.querySelectorAll("[required]")].find(
			(input) => !input.value.trim()
		);
		if (empty) {
			document.getElementById(`e-${empty.name}`).textContent = text("required");
			return empty.focus();
		}
		busy(button, true);
		try {
			await work();
		} catch (error) {
			show_refusal(form, notice, error);
		} finally {
			busy(button, false);
		}
	}

	async function send_code() {
		const { seconds } = await tell("my.api.send_code", { mobile: mobile() });
		by_mobile.hidden = true;
		by_code.hidden = false;
		by_code.elements.code.focus();
		pause_button(another, seconds);
	}

	function choose_among({ ticket, people: rows }) {
		by_code.hidden = true;
		people.hidden = false;
		const list = document.getElementById("my-names");
		list.replaceChildren(
			...rows.map((row) => {
				const item = document.createElement("li");
				const button = document.createElement("button");
				button.type = "button";
				button.className = "choice";
				button.dir = "auto";
				button.textContent = row.name;
				button.addEventListener("click", async () => {
					try {
						await tell("my.api.choose", { ticket, number: row.number });
						again();
					} catch (error) {
						notice.textContent = words_of(error);
					}
				});
				item.append(button);
				return item;
			})
		);
	}

	by_mobile.addEventListener("submit", (event) => {
		event.preventDefault();
		send(by_mobile, by_mobile.querySelector("[type=submit]"), send_code);
	});
	another.addEventListener("click", () => {
		send_code().catch((error) => show_refusal(by_code, notice, error));
	});
	by_code.addEventListener("submit", (event) => {
		event.preventDefault();
		send(by_code, by_code.querySelector("[type=submit]"), async () => {
			const values = { mobile: mobile(), code: to_latin(by_code.elements.code.value) };
			const answer = await tell("my.api.enter", values);
			if (answer.entered) again();
			else choose_among(answer);
		});
	});
}
