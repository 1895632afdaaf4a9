"""Endpoints of /book, open to everybody: free times, holding one, booking it.

Their permission is the offer itself: online booking is on, the service and the practitioner are marked for it.
"""

from typing import Any

import frappe
from frappe import _
from frappe.utils import now_datetime

from clinic_core.foundation import boundary, wire
from clinic_core.foundation.errors import refuse_input
from clinic_core.online_booking import codes, confirming, holding, limits, opening, persons, rules, times
from clinic_core.online_booking.payments import start as payments_start

_API = "clinic_core.online_booking.api"


@frappe.whitelist(allow_guest=True, methods=["GET"])
def free_times(
	service: str,
	practitioner: str | None = None,
	area: str | None = None,
	gender: str | None = None,
	from_date: str | None = None,
) -> dict[str, Any]:
	"""Four weeks of days with their free times (E175, E188) → {days, earlier, later}.

	`gender`: Female or Male, where times differ. Answers 404 for what is not booked online.
	"""
	limits.read()
	day = wire.parse_date(from_date, _("Day"))
	return times.of_service(service, practitioner or None, area, gender, day)


@frappe.whitelist(allow_guest=True, methods=["POST"])
def hold(
	token: str,
	service: str,
	practitioner: str,
	start: str,
	area: str | None = None,
	gender: str | None = None,
) -> dict[str, Any]:
	"""Hold a time for the minutes of Clinic Settings (F05) → {seconds, label, time}.

	`token`: 32 hexadecimal digits the browser made up; it holds one time, the next one frees the last.
	Answers 409 when somebody was faster.
	"""
	opening.require()
	_require_token(token)
	limits.hold(token)
	wish = holding.read_wish(service, practitioner, start, area, gender)
	until = boundary.command(f"{_API}.hold", None, lambda: holding.take(token, wish))
	spoken = times.spoken(wish.start.date())
	return {
		"seconds": max(int((until - now_datetime()).total_seconds()), 0),
		"label": spoken["label"],
		"time": times.clock(wish.start),
	}


@frappe.whitelist(allow_guest=True, methods=["POST"])
def release(token: str) -> None:
	"""The visitor left or went back: the time is free for others at once."""
	opening.require()
	_require_token(token)
	limits.write()
	boundary.command(f"{_API}.release", None, lambda: holding.release(token))


@frappe.whitelist(allow_guest=True, methods=["POST"])
def send_code(token: str, mobile: str) -> dict[str, Any]:
	"""Send a code to the mobile of who holds a time (F10) → {is_needed, seconds} until another may be asked for.

	`is_needed` 0: codes are off, or this browser has proven the number lately. Answers 429 within a minute.
	"""
	opening.require()
	_require_token(token)
	limits.write()
	errors: dict[str, str] = {}
	number = persons.read_mobile(mobile, errors)
	if errors:
		persons.refuse(errors)
	if not opening.checks_mobile() or codes.is_proven(number, token):
		return {"is_needed": 0, "seconds": 0}
	if not holding.is_held(token):
		refuse_input(
			_("Time"), _("The time is no longer held for you. Please choose it again, or another one.")
		)
	seconds = boundary.command(f"{_API}.send_code", None, lambda: codes.send(number, codes.BOOKING))
	return {"is_needed": 1, "seconds": seconds}


@frappe.whitelist(allow_guest=True, methods=["POST"])
def confirm(
	token: str,
	service: str,
	practitioner: str,
	start: str,
	first_name: str | None = None,
	last_name: str | None = None,
	mobile: str | None = None,
	area: str | None = None,
	gender: str | None = None,
	note: str | None = None,
	website: str | None = None,
	code: str | None = None,
	email: str | None = None,
	idempotency_key: str | None = None,
) -> dict[str, Any]:
	"""Book the held time (A07, A08) → {state, address}: `booked`, `waiting` for the clinic's yes, or `pay`.

	To be paid, the time stays held for as long again, and `address` is the gateway's page.

	`code`: the one that was sent, where the clinic checks mobiles; once it was right, this browser needs none.
	`website` is a trap for machines and stays empty. Answers 422 with `field_errors`, 409 when the time is gone.
	"""
	opening.require()
	_require_token(token)
	limits.write()
	if (website or "").strip():
		refuse_input(_("Appointment"), _("This did not work. Please try again in a moment."))
	visitor = persons.read(first_name, last_name, mobile, gender, email)
	wish = holding.read_wish(service, practitioner, start, area, gender)
	_require_proof(visitor.mobile, token, code)
	content = {"token": token, "wish": str(wish), "visitor": str(visitor), "note": note}

	def work() -> dict[str, Any]:
		limits.booking(visitor.mobile)
		return confirming.book_or_pay(token, wish, visitor, note)

	made = boundary.command(f"{_API}.confirm", idempotency_key, work, content=content)
	if made["state"] == confirming.PAY:
		return {"state": confirming.PAY, "address": payments_start.address(made["payment"], made["code"])}
	return {"state": made["state"], "address": f"/booking/{made['code']}"}


def _require_proof(mobile: str, token: str, code: str | None) -> None:
	if not opening.checks_mobile() or codes.is_proven(mobile, token):
		return
	if not codes.check(mobile, codes.BOOKING, code):
		persons.refuse({"code": _("This code is not right, or it is over.")})
	codes.prove(mobile, token)


def _require_token(token: str) -> None:
	if not rules.is_token(token):
		refuse_input(_("Appointment"), _("Please open the page anew."))
