/* Services of one department, or those whose names fit what is typed; the server has folded the words. */

import { to_latin } from "../kit/digits.js";

/** The same form the server gives the words of a card: one kind of every letter, no marks. */
export function fold(value) {
	return to_latin(value)
		.normalize("NFKD")
		.toLowerCase()
		.replace(/\p{M}|\u200c|\u200d|\u00ad|\u0640/gu, "")
		.replace(/[يىئ]/g, "ی")
		.replace(/ك/g, "ک")
		.replace(/[آأإٱ]/g, "ا")
		.replace(/ؤ/g, "و")
		.replace(/[ةۀ]/g, "ه")
		.replace(/ء/g, "")
		.replace(/[^\p{L}\p{N}]+/gu, " ")
		.trim();
}

export function start_finding() {
	const form = document.querySelector(".find");
	const groups = [...document.querySelectorAll(".group")];
	if (!groups.length) return;
	const chips = [...document.querySelectorAll(".chip")];
	const input = form?.elements.q;
	const is_whole = form?.dataset.whole === "1";
	let department = "";

	function show() {
		const words = is_whole && input ? fold(input.value).split(" ").filter(Boolean) : [];
		let found = 0;
		for (const group of groups) {
			const is_chosen = !department || group.dataset.department === department;
			let own = 0;
			for (const card of group.querySelectorAll(".card")) {
				card.hidden = !words.every((word) => card.dataset.words.includes(word));
				own += card.hidden ? 0 : 1;
			}
			group.hidden = !is_chosen || !own;
			found += group.hidden ? 0 : own;
		}
		document.getElementById("none-found").hidden = found > 0;
	}

	for (const chip of chips) {
		chip.addEventListener("click", () => {
			department = chip.dataset.department;
			for (const one of chips) one.setAttribute("aria-pressed", String(one === chip));
			show();
		});
	}
	// A page with all services answers while typing; of a larger one the server searches all.
	if (is_whole && input) {
		input.addEventListener("input", show);
		form.addEventListener("submit", (event) => event.preventDefault());
	}
}
