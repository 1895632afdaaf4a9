// A receipt on screen and on paper.
import { h } from "../shared/kit";
import { read } from "./api";

/** Show the receipt of `payment` and open the printer's dialog; `print` false only shows it. */
export async function show_receipt(payment, { print = true, button: element } = {}) {
	const done = clinic.ui.busy(element);
	let html;
	try {
		({ html } = await read("receipt", { payment }));
	} catch (error) {
		return; // The kit has shown it.
	} finally {
		done();
	}
	// No scripts run in it; it may only be read and printed by this page.
	const frame = h("iframe", {
		class: "clinic-receipt",
		title: __("Receipt"),
		sandbox: "allow-same-origin allow-modals",
		srcdoc: html,
	});
	frame.addEventListener("load", () => {
		const height = frame.contentDocument?.documentElement.scrollHeight || 400;
		frame.style.blockSize = `${Math.min(height + 16, window.innerHeight * 0.6)}px`;
		if (print) frame.contentWindow.print();
	});
	clinic.ui.dialog({
		title: __("Receipt"),
		content: frame,
		primary: {
			label: __("Print"),
			action: async () => {
				frame.contentWindow.print();
				return false;
			},
		},
	});
}
