/* /book: a time, who is coming, booked. What was typed stays, whatever goes wrong. */

import { to_latin } from "../kit/digits.js";
import { text } from "../center/texts.js";
import { Refused, ask, busy, key_keeper, tell, words_of } from "./call.js";
import { begin_step, leave_for } from "./embedded.js";
import { pause_button } from "./my.js";
import { make_hold } from "./hold.js";
import { make_picker } from "./picker.js";

const TYPED = "clinic-booking-person";

export function start_booking() {
	const root = document.getElementById("book");
	if (!root || !window.fetch) return;
	const form = document.getElementById("person");
	const step_time = document.getElementById("step-time");
	const step_person = document.getElementById("step-person");
	const notice = document.getElementById("notice");
	const state = document.getElementById("picker-state");
	const names = JSON.parse(document.getElementById("people-names").textContent);
	const key_for = key_keeper();
	const hold = make_hold(on_over);
	const picker = make_picker(
		(from_date) => ask("api.free_times", { ...asked(), from_date }),
		choose
	);
	let chosen = null;
	let coded = "";

	function picked(name) {
		return document.querySelector(`input[name="${name}"]:checked`)?.value || "";
	}

	function asked() {
		return {
			service: root.dataset.service,
			practitioner: document.getElementById("people") ? picked("practitioner") : "",
			area: picked("area"),
			gender: picked("gender") || root.dataset.gender,
		};
	}

	function is_ready() {
		const areas = document.getElementById("areas");
		const genders = document.getElementById("genders");
		return (!areas || picked("area")) && (!genders || picked("gender"));
	}

	function go(step) {
		step_time.hidden = step !== "time";
		step_person.hidden = step !== "person";
		begin_step();
	}

	function wish() {
		return { ...asked(), practitioner: chosen.practitioner, start: chosen.start };
	}

	async function choose(time, element) {
		if (element.disabled) return;
		chosen = time;
		element.disabled = true;
		element.classList.add("chosen");
		state.textContent = text("busy");
		try {
			const held = await hold.take(wish());
			document.getElementById("held-label").textContent = `${held.label} – ${held.time}`;
			document.getElementById("held-who").textContent = names[time.practitioner] || "";
			state.textContent = notice.textContent = "";
			go("person");
			history.pushState({ step: "person" }, "");
			(form.elements.first_name.value ? form : form.elements.first_name).focus?.();
		} catch (error) {
			const words = words_of(error);
			if (error instanceof Refused && error.status === 409) await picker.reload();
			state.textContent = words;
		} finally {
			element.disabled = false;
			element.classList.remove("chosen");
		}
	}

	/** Back to the times, by the button, the browser, or because somebody was faster. */
	function back(words = "") {
		hold.release();
		go("time");
		picker.reload().then(() => words && (state.textContent = words));
	}

	function on_over() {
		notice.textContent = text("over");
		form.querySelector("[type=submit]").disabled = false;
	}

	function show_error(field, problem) {
		const place = document.getElementById(`e-${field}`);
		const input = form.elements[field];
		if (!place || !input) return null;
		place.textContent = problem || "";
		if (problem) input.setAttribute("aria-invalid", "true");
		else input.removeAttribute("aria-invalid");
		return input;
	}

	function first_missing() {
		const empty = [...form.querySelectorAll("[required]")].filter(
			(input) => !input.value.trim()
		);
		for (const input of empty) show_error(input.name, text("required"));
		return empty[0];
	}

	function refuse(error) {
		if (!(error instanceof Refused)) return (notice.textContent = words_of(error));
		const inputs = Object.entries(error.fields).map(([field, problem]) =>
			show_error(field, problem)
		);
		const first = inputs.find(Boolean);
		if (first) return first.focus();
		if (error.status === 409 && error.message === text("taken")) return back(error.message);
		notice.textContent = error.message;
		notice.scrollIntoView({ block: "center" });
	}

	/** Where the clinic checks numbers: the first touch sends a code, the next one brings it. */
	async function asks_code({ mobile }) {
		const part = document.getElementById("code-part");
		if (!part || (form.elements.code.value.trim() && coded === mobile)) return false;
		let sent = { is_needed: 1, seconds: 60 };
		try {
			sent = await tell("api.send_code", { token: hold.token, mobile });
		} catch (error) {
			// One was sent a moment ago, perhaps before the page was loaded again: it can still be typed.
			if (error.status !== 429) throw error;
			notice.textContent = error.message;
		}
		if (!sent.is_needed) return false;
		coded = mobile;
		form.elements.code.value = "";
		part.hidden = false;
		form.elements.code.focus();
		pause_button(document.getElementById("another-code"), sent.seconds);
		return true;
	}

	function keep_typed() {
		try {
			const typed = Object.fromEntries(new FormData(form));
			sessionStorage.setItem(TYPED, JSON.stringify({ ...typed, website: "" }));
		} catch {
			// Nothing may be stored: then it is typed again after a reload.
		}
	}

	function fill_typed() {
		try {
			const typed = JSON.parse(sessionStorage.getItem(TYPED) || "{}");
			for (const [name, value] of Object.entries(typed)) {
				if (form.elements[name]) form.elements[name].value = value;
			}
		} catch {
			// As above.
		}
	}

	form.addEventListener("input", (event) => {
		show_error(event.target.name, "");
		keep_typed();
	});
	form.addEventListener("submit", async (event) => {
		event.preventDefault();
		const button = form.querySelector("[type=submit]");
		const missing = first_missing();
		if (button.disabled || missing) return missing?.focus();
		const values = { ...wish(), ...Object.fromEntries(new FormData(form)), token: hold.token };
		values.mobile = to_latin(values.mobile);
		notice.textContent = "";
		busy(button, true);
		try {
			if (await asks_code(values)) return busy(button, false);
			const done = await tell("api.confirm", {
				...values,
				idempotency_key: key_for(values),
			});
			hold.keep();
			const mark = done.address.includes("?") ? "&" : "?";
			const address = done.address.startsWith("/")
				? `${done.address}${mark}new=1&_lang=${document.documentElement.lang}`
				: done.address;
			leave_for(address);
		} catch (error) {
			refuse(error);
			busy(button, false);
		}
	});
	document.getElementById("another-code")?.addEventListener("click", () => {
		form.elements.code.value = "";
		asks_code({ mobile: to_latin(form.elements.mobile.value) }).catch(refuse);
	});
	document.getElementById("change-time").addEventListener("click", () => history.back());
	window.addEventListener("popstate", () => !step_person.hidden && back());
	window.addEventListener("pagehide", () => hold.release());
	window.addEventListener("pageshow", (event) => event.persisted && back());
	root.addEventListener("change", (event) => {
		if (event.target.type === "radio" && is_ready()) picker.reload("");
	});

	fill_typed();
	const first = document.getElementById("first-times");
	if (first) picker.show(JSON.parse(first.textContent));
	else if (is_ready()) picker.reload("");
}
