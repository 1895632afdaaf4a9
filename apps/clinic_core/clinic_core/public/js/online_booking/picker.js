/* Two weeks of days and the free times of one of them; where all are full, the next two that are not. */

import { number, text } from "../center/texts.js";
import { words_of } from "./call.js";

/**
 * `load(from)` gives {days, earlier, later}; `on_choose(time)` is told what was touched.
 * Returns {show, reload, forget}.
 */
export function make_picker(load, on_choose) {
	const strip = document.getElementById("strip");
	const times = document.getElementById("times");
	const label = document.getElementById("day-label");
	const state = document.getElementById("picker-state");
	const steps = [...document.querySelectorAll("#picker .step")];
	let shown = null;
	let from = "";
	let day = "";
	let asked = 0;
	let goes_on = true;

	function button(class_name, html) {
		const element = document.createElement("button");
		element.type = "button";
		element.className = class_name;
		element.append(...html);
		return element;
	}

	function part(tag, words, class_name = "") {
		const element = document.createElement(tag);
		element.textContent = words;
		if (class_name) element.className = class_name;
		return element;
	}

	function draw_strip() {
		strip.replaceChildren(
			...shown.days.map((one) => {
				const is_open = one.times.length > 0;
				const element = button("day", [
					part("span", one.weekday),
					part("b", one.day),
					part("small", one.month),
				]);
				element.disabled = !is_open;
				element.dataset.date = one.date;
				element.setAttribute("role", "option");
				element.setAttribute("aria-label", one.label);
				element.addEventListener("click", () => choose_day(one.date));
				return element;
			})
		);
		for (const step of steps) step.disabled = !shown[step.dataset.go];
	}

	function choose_day(date) {
		day = date;
		const one = shown.days.find((row) => row.date === date);
		for (const element of strip.children) {
			const is_chosen = element.dataset.date === date;
			element.setAttribute("aria-selected", String(is_chosen));
			if (is_chosen) show_in_strip(element);
		}
		label.textContent = one ? one.label : "";
		times.replaceChildren(...(one ? one.times.map(draw_time) : []));
		state.textContent = one && !one.times.length ? text("day_full") : "";
	}

	/** Only the strip moves; scrollIntoView would move the page as well. */
	function show_in_strip(element) {
		const middle = element.offsetLeft - (strip.clientWidth - element.clientWidth) / 2;
		strip.scrollTo({ left: middle, behavior: "auto" });
	}

	function draw_time(one) {
		const words = one.queue_no ? text("number", number(one.queue_no), one.time) : one.time;
		const element = button("time", [words]);
		element.dataset.start = one.start;
		element.addEventListener("click", () => on_choose(one, element));
		return element;
	}

	function show(found) {
		shown = found;
		draw_strip();
		const open = found.days.filter((one) => one.times.length);
		const first = open.find((one) => one.date === day) || open[0];
		if (first) return choose_day(first.date);
		if (goes_on && found.later) return reload(found.later);
		label.textContent = "";
		times.replaceChildren();
		state.textContent = text(goes_on ? "no_times_left" : "no_times");
	}

	/** `onwards`: over weeks without a free time, up to the last that may be booked. */
	async function reload(new_from = from, onwards = true) {
		const number_of_this = ++asked;
		goes_on = onwards;
		from = new_from;
		state.textContent = text("loading");
		times.setAttribute("aria-busy", "true");
		try {
			const found = await load(from);
			// An answer that was overtaken by a later question is not shown.
			if (number_of_this === asked) show(found);
		} catch (error) {
			if (number_of_this === asked) state.textContent = words_of(error);
		} finally {
			if (number_of_this === asked) times.removeAttribute("aria-busy");
		}
	}

	function forget() {
		asked++;
		strip.replaceChildren();
		times.replaceChildren();
		label.textContent = state.textContent = "";
	}

	for (const step of steps) {
		const { go } = step.dataset;
		step.addEventListener("click", () => reload(shown[go], go === "later"));
	}
	return { show, reload, forget };
}
