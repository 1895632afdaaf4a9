// The till in a dialog, for screens that must not be left (B27, B30).
import { fill, h } from "../shared/kit";
import { read } from "./api";
import { Payer } from "./payer";
import { open_form } from "./shift";

/** Take a payment of `patient` without leaving the screen; `on_change` runs after each one. */
export function open_payment_dialog({ patient, full_name, file_no, reception, on_change }) {
	const area = h("div", { class: "clinic-till" }, clinic.ui.skeleton(4));
	const payer = new Payer({ on_paid: () => on_change?.() });
	const person = { patient, full_name, file_no };
	const dialog = clinic.ui.dialog({
		title: __("Cash desk"),
		size: "extra-large",
		content: area,
	});
	const start = async () => {
		const shift = await read("current_shift", {}, { error_area: dialog.error_area });
		if (!shift.shift)
			return fill(area, open_form({ desks: shift.desks || [], on_open: start }));
		fill(area, payer.element);
		return payer.open(person, reception);
	};
	start().catch(() => fill(area));
	return dialog;
}
