"""Endpoint of the statement (`design.md` §5, B01): one window with the whole state of one patient."""

import frappe
from clinic_core.foundation import wire
from clinic_core.foundation.errors import refuse_input
from clinic_core.people.access_log import seen
from clinic_core.people.merging import whole
from frappe import _

from clinic_reception import access
from clinic_reception.statement import header, tabs

MAX_PAGE = 200


@frappe.whitelist(methods=["GET"])
def get_statement(
	patient: str, tab: str = "summary", start: int | str = 0, page_length: int | str = 50
) -> dict:
	"""{header, tabs, tab, rows, has_more} of one tab; a constant number of queries."""
	access.require("see_statement")
	wire.require_permission("Clinic Patient", "read", patient)
	patient = whole.kept_of(patient)
	first = max(int(wire.parse_number(start, _("Start"))), 0)
	length = min(max(int(wire.parse_number(page_length, _("Page length"), 50)), 1), MAX_PAGE)
	rows, has_more = _rows(patient, tab, first, length)
	seen.saw([patient], "View", "Statement")
	return {
		"header": header.header(patient),
		"tabs": tabs.labels(),
		"tab": tab,
		"rows": rows,
		"has_more": has_more,
		"message": _("The points system is off.") if tab == "club" else None,
	}


def _rows(patient: str, tab: str, start: int, page_length: int) -> tuple[list[dict], bool]:
	if tab in tabs.OURS:
		return tabs.OURS[tab](patient, start, page_length)
	for foreign in tabs.foreign():
		if foreign["tab"] == tab:
			page = frappe.get_attr(foreign["method"])(patient=patient, start=start, page_length=page_length)
			return page["rows"], page["has_more"]
	if tab == "crm":
		return [], False
	refuse_input(_("Tab"), _("There is no tab {0}.").format(frappe.utils.escape_html(tab)))
