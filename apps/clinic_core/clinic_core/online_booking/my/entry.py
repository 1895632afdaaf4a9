"""Entering the patient's own page: a code to the mobile, then a signed cookie (N3). No user record, no password.

Whoever has the phone is taken for its people; several people of one number choose whose page it is. The
cookie names a file and the number it was entered by: once the number is no longer in the file, it opens nothing.
"""

import hashlib
import time
from typing import Any

import frappe
from frappe import _
from frappe.utils.password import get_encryption_key

from clinic_core.foundation.errors import InvalidInputError
from clinic_core.online_booking import codes, persons, rules
from clinic_core.online_booking.my import tickets
from clinic_core.people.merging import whole

COOKIE = "clinic_my"
PAGE, CHOICE = "my page", "my choice"
PAGE_SECONDS, CHOICE_SECONDS = 12 * 3600, 600


class NotEnteredError(frappe.ValidationError):
	"""Choosing took too long, or the ticket is not ours: a new code is needed."""

	http_status_code = 422


def send_code(mobile: str) -> int:
	"""Send a code if somebody has this number; who asks cannot tell. Returns seconds until the next one."""
	return codes.send(mobile, codes.MY_PAGE, really=bool(_people(mobile)))


def enter(mobile: str, code: str | None) -> dict[str, Any]:
	"""{entered: 1}, or {ticket, people: [{number, name}]} where several people share the number.

	Raises InvalidInputError for a wrong code, the same for a number that nobody has.
	"""
	if not codes.check(mobile, codes.MY_PAGE, code):
		frappe.local.response["field_errors"] = {"code": _("This code is not right, or it is over.")}
		frappe.throw(_("This code is not right, or it is over."), InvalidInputError)
	people = _people(mobile)
	if len(people) == 1:
		return _open(people[0].name, mobile)
	ticket = tickets.make(get_encryption_key(), CHOICE, {"m": mobile}, int(time.time()) + CHOICE_SECONDS)
	named = [
		{"number": number, "name": rules.short_name(row.first_name, row.last_name)}
		for number, row in enumerate(people)
	]
	return {"ticket": ticket, "people": named}


def choose(ticket: str, number: int) -> dict[str, Any]:
	"""Whose page it is → {entered: 1}. Raises NotEnteredError."""
	content = tickets.read(get_encryption_key(), CHOICE, ticket, int(time.time()))
	people = _people(content["m"]) if content else []
	if not 0 <= number < len(people):
		frappe.throw(_("Please enter again with a new code."), NotEnteredError)
	return _open(people[number].name, content["m"])


def leave() -> None:
	"""Forget the cookie in this browser."""
	frappe.local.cookie_manager.delete_cookie(COOKIE)


def patient() -> str | None:
	"""Whose page the request may see, None when nobody has entered."""
	ticket = frappe.request.cookies.get(COOKIE) if getattr(frappe.local, "request", None) else None
	content = tickets.read(get_encryption_key(), PAGE, ticket, int(time.time()))
	if not content:
		return None
	name = whole.kept_of(str(content.get("p")))
	row = frappe.db.get_value("Clinic Patient", name, ["status"], as_dict=True)
	if not row or row.status != "Active":
		return None
	numbers = frappe.get_all(
		"Clinic Patient Phone",
		{"parent": name, "parenttype": "Clinic Patient"},
		pluck="phone",
		order_by="idx asc",
	)
	return name if content.get("n") in {_short(number) for number in numbers} else None


def _open(name: str, mobile: str) -> dict[str, Any]:
	ticket = tickets.make(
		get_encryption_key(), PAGE, {"p": name, "n": _short(mobile)}, int(time.time()) + PAGE_SECONDS
	)
	frappe.local.cookie_manager.set_cookie(
		COOKIE, ticket, expires=int(time.time()) + PAGE_SECONDS, httponly=True, samesite="Lax"
	)
	return {"entered": 1}


def _people(mobile: str) -> list[Any]:
	return [row for row in persons.of_number(mobile) if row.status == "Active"]


def _short(mobile: str) -> str:
	"""The number, as it stands in a cookie."""
	return hashlib.sha256(mobile.encode()).hexdigest()[:16]
