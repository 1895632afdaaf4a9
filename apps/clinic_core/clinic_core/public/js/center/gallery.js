/* Pictures in full size: keyboard, swipe, and the focus held by the browser's own dialog. */

import { number, text } from "./texts.js";

const SWIPE_PIXELS = 45;

export function start_gallery() {
	const dialog = document.getElementById("lightbox");
	const shots = [...document.querySelectorAll("#gallery .shot")];
	if (!dialog || !shots.length || !dialog.showModal) return;
	const image = dialog.querySelector("img");
	const caption = dialog.querySelector("figcaption");
	const count = dialog.querySelector(".lb-count");
	const is_rtl = document.documentElement.dir === "rtl";
	let at = 0;

	function show(index) {
		at = (index + shots.length) % shots.length;
		const thumb = shots[at].querySelector("img");
		image.src = shots[at].getAttribute("href");
		image.alt = thumb.alt;
		caption.textContent = thumb.alt;
		count.textContent = text("of", number(at + 1), number(shots.length));
		// The neighbour is fetched ahead, so that the next step is instant.
		new Image().src = shots[(at + 1) % shots.length].getAttribute("href");
	}

	function open(event) {
		event.preventDefault();
		dialog.classList.toggle("single", shots.length === 1);
		show(Number(event.currentTarget.dataset.index));
		dialog.showModal();
		document.documentElement.style.overflow = "hidden";
	}

	function on_key(event) {
		const forward = is_rtl ? "ArrowLeft" : "ArrowRight";
		const back = is_rtl ? "ArrowRight" : "ArrowLeft";
		const step = { [forward]: at + 1, [back]: at - 1, Home: 0, End: shots.length - 1 }[
			event.key
		];
		if (step === undefined) return;
		event.preventDefault();
		show(step);
	}

	function follow_swipes(figure) {
		let begun = null;
		figure.addEventListener("pointerdown", (event) => (begun = event.clientX));
		figure.addEventListener("pointerup", (event) => {
			const moved = begun === null ? 0 : event.clientX - begun;
			begun = null;
			if (Math.abs(moved) < SWIPE_PIXELS) return;
			// What lies ahead comes from the end of the line: the left in Persian.
			show(at + (moved < 0 === is_rtl ? -1 : 1));
		});
		figure.addEventListener("dragstart", (event) => event.preventDefault());
	}

	for (const shot of shots) shot.addEventListener("click", open);
	dialog.querySelector(".lb-close").addEventListener("click", () => dialog.close());
	dialog.querySelector(".lb-next").addEventListener("click", () => show(at + 1));
	dialog.querySelector(".lb-previous").addEventListener("click", () => show(at - 1));
	dialog.addEventListener("keydown", on_key);
	dialog.addEventListener("click", (event) => {
		if (event.target.localName === "figure") dialog.close();
	});
	dialog.addEventListener("close", () => {
		document.documentElement.style.overflow = "";
		shots[at].focus();
	});
	follow_swipes(dialog.querySelector("figure"));
}
