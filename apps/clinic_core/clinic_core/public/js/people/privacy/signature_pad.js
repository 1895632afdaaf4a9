/* A signature drawn with a finger, a pen or the mouse. */

import { h } from "../../kit/dom.js";

const WIDTH = 640;
const HEIGHT = 220;

/** signature_pad() → {element, get(): PNG as a data address or null, clear()}. */
export function signature_pad() {
	const canvas = h("canvas", {
		class: "clinic-signature__pad",
		width: WIDTH,
		height: HEIGHT,
		role: "img",
		"aria-label": __("Signature"),
	});
	const pen = canvas.getContext("2d");
	Object.assign(pen, {
		lineWidth: 2.6,
		lineCap: "round",
		lineJoin: "round",
		strokeStyle: "#12263a",
	});
	let is_drawing = false;
	let is_empty = true;

	const at = (event) => {
		const box = canvas.getBoundingClientRect();
		return [
			((event.clientX - box.left) * WIDTH) / box.width,
			((event.clientY - box.top) * HEIGHT) / box.height,
		];
	};
	canvas.addEventListener("pointerdown", (event) => {
		event.preventDefault();
		canvas.setPointerCapture(event.pointerId);
		is_drawing = true;
		pen.beginPath();
		pen.moveTo(...at(event));
	});
	canvas.addEventListener("pointermove", (event) => {
		if (!is_drawing) return;
		is_empty = false;
		pen.lineTo(...at(event));
		pen.stroke();
	});
	for (const end of ["pointerup", "pointercancel"]) {
		canvas.addEventListener(end, () => (is_drawing = false));
	}
	const clear = () => {
		pen.clearRect(0, 0, WIDTH, HEIGHT);
		is_empty = true;
	};
	const element = h(
		"div",
		{ class: "clinic-signature" },
		canvas,
		h(
			"div",
			{ class: "clinic-signature__foot" },
			h("span", { class: "text-muted" }, __("Sign here")),
			h(
				"button",
				{ class: "btn btn-default btn-xs", type: "button", on_click: clear },
				__("Sign again")
			)
		)
	);
	return { element, clear, get: () => (is_empty ? null : canvas.toDataURL("image/png")) };
}
