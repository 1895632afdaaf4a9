/*
 * In Frappe's lists and reports, too, a click on a patient's name opens the patient's menu (B08,
 * B09). With Ctrl, Shift or the middle button the link works as ever.
 */

import { current_list, filter_list, slug } from "../kit/compat.js";
import { open_menu } from "./menu.js";

const PATIENT = "Clinic Patient";
const IN_LISTS = ".list-row, .dt-cell";

export function install() {
	document.addEventListener("click", on_click, true);
}

function on_click(event) {
	if (event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return;
	const link = event.target.closest?.("a");
	if (!link?.closest(IN_LISTS)) return;
	const found = from_address(link) || from_filter(link);
	if (!found) return;
	event.preventDefault();
	event.stopImmediatePropagation();
	const person = { patient: found.patient, full_name: link.textContent.trim() };
	open_menu(link, person, found.extra || []);
}

// A link to the record: /app/clinic-patient/<name>, /desk/… from version 16 on.
function from_address(link) {
	const href = link.getAttribute("href");
	if (!href) return null;
	const parts = new URL(href, location.origin).pathname.split("/").filter(Boolean);
	if (parts.length !== 3 || parts[1] !== slug(PATIENT)) return null;
	return { patient: decodeURIComponent(parts[2]) };
}

// A cell of a list: a click would filter by the value. The menu offers that as well.
function from_filter(link) {
	const [fieldname, operator, ...value] = (link.dataset.filter || "").split(",");
	const list = current_list();
	if (operator !== "=" || !list?.doctype?.startsWith("Clinic ")) return null;
	const df = frappe.meta.get_docfield(list.doctype, fieldname);
	if (df?.fieldtype !== "Link" || df.options !== PATIENT) return null;
	const patient = value.join(",");
	const filter = {
		label: __("Only this patient's rows"),
		icon: "search",
		on_click: () => filter_list(list, fieldname, patient),
	};
	return { patient, extra: [filter, { divider: true }] };
}
