/* Somebody without an appointment (D15–D17, D22–D26), and booking one at the desk. */

import { receive_dialog } from "./receive_dialog.js";

/** Find or register, then receive – one way without detours. `text` is what was typed already. */
export function new_reception(desk, { text = "" } = {}) {
	const go_on = (row) => receive_dialog(desk, { patient: row.name, full_name: row.full_name });
	if (text) return clinic.people.register_dialog({ text, on_select: go_on });
	return clinic.people.find_dialog({ title: __("New reception: who is it?"), on_select: go_on });
}

/** Find or register, then choose a free time. */
export function new_appointment(desk, { text = "" } = {}) {
	return clinic.people.find_dialog({
		title: __("New appointment: for whom?"),
		text,
		on_select: (row) =>
			clinic.scheduling.book_dialog({
				patient: row.name,
				full_name: row.full_name,
				branch: desk?.branch,
				from_date: desk && desk.day > clinic.fmt.today() ? desk.day : null,
				on_done: () => desk?.refresh(),
			}),
	});
}
