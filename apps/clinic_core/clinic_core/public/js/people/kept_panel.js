/* What is kept of a patient, papers or pictures: the list with a button to add to it. */

import { call } from "../kit/call.js";
import { fill, h } from "../kit/dom.js";
import { empty, skeleton } from "../kit/ui.js";

const MOST = 500;

/**
 * kept_panel({patient, doctype, fields, order_by, css, none: {icon, title}, draw(rows) → elements,
 * add: {label, open({patient, on_done})}}) → element; `null` for who may see none.
 */
export function kept_panel({ patient, doctype, fields, order_by, css, none, draw, add }) {
	if (!frappe.model.can_read(doctype)) return null;
	const list = h("div", { class: css }, skeleton(1));
	const asked = {
		doctype,
		filters: { patient, is_archived: 0 },
		fields,
		order_by,
		limit_page_length: MOST,
	};
	const show = async () => {
		const rows = await call("frappe.client.get_list", asked, { quiet: true });
		fill(list, rows.length ? draw(rows) : empty(none));
	};
	const again = () =>
		show().catch((error) => fill(list, h("div", { class: "clinic-error" }, error.message)));
	again();
	const button = h(
		"button",
		{ class: "btn btn-default btn-sm", on_click: () => add.open({ patient, on_done: again }) },
		add.label
	);
	return h(
		"div",
		{ class: "clinic-form" },
		list,
		frappe.model.can_create(doctype) && h("div", {}, button)
	);
}
