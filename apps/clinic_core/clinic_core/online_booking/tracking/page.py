"""What /booking/<code> shows, and its calendar file (F16)."""

import datetime
from typing import Any
from urllib.parse import urlencode

import frappe
from frappe import _
from frappe.utils import cstr, get_datetime, get_system_timezone, get_url, now_datetime
from werkzeug.wrappers import Response

from clinic_core.online_booking import opening, rules, times
from clinic_core.online_booking.payments import paying
from clinic_core.online_booking.payments import states as payment_states
from clinic_core.online_booking.tracking import reading
from clinic_core.scheduling.feed import single
from clinic_core.scheduling.policies import penalties
from clinic_core.service_catalog.public_page import profile
from clinic_core.service_catalog.public_page.visit import Visit


def context(visit: Visit, code: str) -> dict[str, Any]:
	"""Context of tracking.html. Raises frappe.DoesNotExistError for a code that is nobody's."""
	row = reading.find(code)
	payment = paying.due(row.name)
	start, state = get_datetime(row.start), reading.state_of(row, payment)
	may_change = reading.may_change(row)
	titles = _titles(row)
	first, last = frappe.db.get_value("Clinic Patient", row.patient, ["first_name", "last_name"])
	return {
		"title": _("Your appointment"),
		"code": row.tracking_code,
		"state": state,
		"is_new": frappe.form_dict.get("new") == "1",
		"headline": _headline(state),
		"who": rules.short_name(first, last),
		"service_title": titles["service"],
		"practitioner": titles["practitioner"],
		"branch": titles["branch"],
		"day": times.spoken(start.date())["label"],
		"time": times.clock(start),
		"queue_no": visit.words.number(row.queue_no) if row.queue_no else "",
		"may_change": may_change,
		"change_hours": visit.words.number(opening.change_hours()),
		"is_late": state == reading.BOOKED and not may_change,
		"cancelling": _told(visit, reading.penalty(row, penalties.CANCELLATION)) if may_change else None,
		"moving": _told(visit, reading.penalty(row, penalties.MOVE)) if may_change else None,
		"penalty_text": row.penalty_text if state in (reading.CANCELLED, reading.MISSED) else "",
		"paid": visit.words.money(row.paid_online) if row.paid_online else "",
		"to_pay": visit.words.money(payment.amount) if payment and state == reading.TO_PAY else "",
		"kept": visit.words.money(payment.amount) if state == reading.KEPT else "",
		"has_failed": bool(payment) and payment.status == payment_states.FAILED,
		"seconds": _seconds(row) if state == reading.TO_PAY else 0,
		"calendar_link": _calendar_link(row, titles) if state == reading.BOOKED else "",
	}


def calendar_file(code: str) -> Response:
	"""The appointment for the calendar of a phone."""
	row = reading.find(code)
	titles = _titles(row)
	place = titles["address"] or titles["branch"]
	body = single.file(row, centre=profile.shown().centre_name, title=titles["service"], place=place)
	answer = Response(body, mimetype="text/calendar")
	answer.headers["Content-Disposition"] = 'attachment; filename="appointment.ics"'
	answer.headers["Cache-Control"] = "private, no-store"
	answer.headers["X-Robots-Tag"] = "noindex"
	return answer


def _titles(row: Any) -> dict[str, str]:
	service = frappe.db.get_value(
		"Clinic Service", row.service, ["service_name", "display_name"], as_dict=True
	)
	branch = (
		frappe.get_cached_value("Clinic Branch", row.branch, ["title", "address"], as_dict=True)
		if row.branch
		else None
	)
	title = service.display_name or _(service.service_name)
	return {
		"service": f"{title} – {row.area_title}" if row.area_title else title,
		"practitioner": frappe.get_cached_value("Clinic Practitioner", row.practitioner, "practitioner_name")
		or "",
		"branch": _(branch.title) if branch else "",
		"address": cstr(branch.address) if branch else "",
	}


def _headline(state: str) -> str:
	return {
		reading.BOOKED: _("Your appointment is booked"),
		reading.WAITING: _("Waiting for the clinic's confirmation"),
		reading.CANCELLED: _("This appointment was cancelled"),
		reading.OVER: _("This time is no longer held for you"),
		reading.MISSED: _("This appointment was missed"),
		reading.TO_PAY: _("Not paid yet"),
		reading.ASKING: _("We are asking your bank"),
		reading.KEPT: _("Your payment has arrived, but the time was gone"),
		reading.DONE: _("Thank you for your visit"),
	}[state]


def _seconds(row: Any) -> int:
	return max(int((get_datetime(row.hold_until) - now_datetime()).total_seconds()), 0)


def _told(visit: Visit, found: reading.Penalty | None) -> dict[str, str] | None:
	if not found:
		return None
	amount = visit.words.money(found.amount) if found.amount else ""
	return {"text": found.text, "amount": amount, "note": found.note}


def _calendar_link(row: Any, titles: dict[str, str]) -> str:
	"""The calendar most phones have, for who cannot open a file."""
	zone = get_system_timezone()
	form = "%Y%m%dT%H%M%S"
	start: datetime.datetime = get_datetime(row.start)
	values = {
		"action": "TEMPLATE",
		"text": f"{profile.shown().centre_name}: {titles['service']}",
		"dates": f"{start:{form}}/{get_datetime(row.end):{form}}",
		"ctz": zone,
		"location": titles["address"] or titles["branch"],
		"details": get_url(f"/booking/{row.tracking_code}"),
	}
	return "https://calendar.google.com/calendar/render?" + urlencode(values)
