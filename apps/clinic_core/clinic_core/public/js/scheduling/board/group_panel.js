/* Who is in a group: each leads to an appointment of its own, with all that may be done with it (F13). */

import { h, icon } from "../../kit/dom.js";
import { badge, button, tag } from "../../kit/ui.js";
import { group_text, is_alarming } from "./event_content.js";

/** What the panel shows of a group: head and list; see `panel.js`, which adds the facts. */
export function group_head(group, close) {
	const [row] = group;
	return [
		h(
			"div",
			{ class: "clinic-panel__head" },
			tag({ text: group_text(row), tone: is_full(row) ? "warning" : "info" }),
			close
		),
		h("div", { class: "clinic-panel__who", dir: "auto" }, h("strong", {}, row.service_name)),
	];
}

export const is_full = (row) => row.group_taken >= row.group_size;

export function member_list(page, group) {
	return h(
		"ul",
		{ class: "clinic-panel__members" },
		group.map((row) => h("li", {}, member(page, row)))
	);
}

function member(page, row) {
	return h(
		"button",
		{
			class: "clinic-panel__member",
			data: { appointment: row.appointment },
			on_click: () => page.open(row),
		},
		h("span", { dir: "auto" }, is_alarming(row) && icon("alert", 12), row.full_name),
		badge(row.status)
	);
}

/** One more comes: the dialog opens with the group's time. */
export function book_place(page, row) {
	const column = page.column_of(`PR:${row.practitioner}`);
	if (!page.may_book() || is_full(row) || !column) return null;
	return button({
		label: __("Book a place"),
		icon: "plus",
		class: "btn-sm",
		on_click: () => page.book({ column, start: row.start, service: row.service }),
	});
}
