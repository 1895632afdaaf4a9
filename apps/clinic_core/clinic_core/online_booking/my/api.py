"""Endpoints of /my: a code, entering, choosing among people of one phone, leaving. Open to everybody (N3)."""

from typing import Any

import frappe
from frappe import _

from clinic_core.foundation import wire
from clinic_core.online_booking import limits, opening, persons
from clinic_core.online_booking.my import entry


@frappe.whitelist(allow_guest=True, methods=["POST"])
def send_code(mobile: str) -> dict[str, Any]:
	"""Send a code to a number → {seconds} until another one may be asked for; the same for any number."""
	opening.require_my_page()
	limits.write()
	return {"seconds": entry.send_code(_read(mobile))}


@frappe.whitelist(allow_guest=True, methods=["POST"])
def enter(mobile: str, code: str) -> dict[str, Any]:
	"""Enter with a code → {entered}, or {ticket, people} where several share the number. 422 for a wrong one."""
	opening.require_my_page()
	limits.write()
	return entry.enter(_read(mobile), code)


@frappe.whitelist(allow_guest=True, methods=["POST"])
def choose(ticket: str, number: str | int) -> dict[str, Any]:
	"""Whose page it is → {entered}. `number`: the place in `people`. 422 when it took too long."""
	opening.require_my_page()
	limits.write()
	return entry.choose(ticket, int(wire.parse_number(number, _("Person"))))


@frappe.whitelist(allow_guest=True, methods=["POST"])
def leave() -> None:
	"""Close the page in this browser."""
	entry.leave()


def _read(mobile: str) -> str:
	errors: dict[str, str] = {}
	number = persons.read_mobile(mobile, errors)
	if errors:
		persons.refuse(errors)
	return number
