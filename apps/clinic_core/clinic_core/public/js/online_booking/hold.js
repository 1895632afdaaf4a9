/* The time a browser holds: one, whatever tabs and the back button do; it counts down in sight (F05). */

import { number, text } from "../center/texts.js";
import { clock, random_hex, tell } from "./call.js";

const KEY = "clinic-booking";

/** The secret of this browser, shared by its tabs; where nothing may be stored, of this page. */
function own_token() {
	const made = random_hex(16);
	try {
		const known = localStorage.getItem(KEY);
		if (/^[0-9a-f]{32}$/.test(known || "")) return known;
		localStorage.setItem(KEY, made);
	} catch {
		return made;
	}
	return made;
}

export function make_hold(on_over) {
	const token = own_token();
	const place = document.getElementById("countdown");
	let timer = null;
	let is_held = false;

	function stop() {
		clearInterval(timer);
		is_held = false;
		place.textContent = "";
	}

	/** Counted by the clock, not by ticks: a phone that slept wakes up with the right time. */
	function count_down(seconds) {
		const end = Date.now() + seconds * 1000;
		clearInterval(timer);
		const tick = () => {
			const left = Math.max(0, Math.round((end - Date.now()) / 1000));
			place.textContent = text("left", number(clock(left)));
			place.classList.toggle("soon", left < 60);
			if (left) return;
			stop();
			on_over();
		};
		timer = setInterval(tick, 1000);
		is_held = true;
		tick();
	}

	async function take(wish) {
		const held = await tell("api.hold", { ...wish, token });
		count_down(held.seconds);
		return held;
	}

	/** Sent on leaving as well: `keepalive` outlives the page. */
	function release() {
		if (!is_held) return;
		stop();
		tell("api.release", { token }, { keepalive: true }).catch(() => {});
	}

	function keep() {
		is_held = false;
		clearInterval(timer);
	}

	return { token, take, release, keep };
}
