/* Booking from the board: the dialog opens with what was pointed at (E205). */

import { list, now } from "../../kit/fmt.js";
import { toast } from "../../kit/toast.js";
import { book_dialog } from "../book_dialog.js";

/** book_at(page, {column, start, service}): the practitioner, room and time of an empty place; nothing for the button. */
export function book_at(page, { column = null, start = null, service = null }) {
	if (!page.may_book()) return null;
	if (start && start < now()) {
		toast(__("That time has passed. Please choose a later one."), { kind: "warning" });
		return null;
	}
	const { who } = page;
	const practitioner = column ? column.kind === "practitioner" && column.name : who_is(who);
	const branch = page.branch || (column?.kind === "resource" ? column.branch : null);
	return book_dialog({
		service,
		practitioner: practitioner || null,
		branch,
		resource: column?.kind === "resource" ? column.name : null,
		within: column && { [column.kind]: column.name, title: column.title },
		start,
		place: column && list([column.title, column.department_title]),
		from_date: page.day > now().slice(0, 10) ? page.day : null,
		on_done: (made) => page.reread([made.appointment]),
	});
}

const who_is = (who) => (who?.startsWith("PR:") ? who.slice(3) : null);
