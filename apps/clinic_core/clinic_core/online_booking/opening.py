"""Whether the clinic takes bookings online, and by which rules (Clinic Settings)."""

import frappe
from frappe import _
from frappe.utils import cint

from clinic_core.foundation import settings
from clinic_core.online_booking.rules import Window

_DEFAULTS = {
	"online_same_day": 1,
	"online_notice_hours": 2,
	"online_horizon_days": 60,
	"online_change_hours": 4,
	"online_limit_per_number": 10,
	"online_limit_per_address": 120,
}


class NotOnlineError(frappe.ValidationError):
	"""What was asked for is not offered online: one answer, whatever the reason."""

	http_status_code = 404


def is_open() -> bool:
	"""Whether anything is booked online at all."""
	return bool(cint(settings.get("online_booking")))


def require() -> None:
	"""Raises NotOnlineError while online booking is off."""
	if not is_open():
		refuse()


def require_my_page() -> None:
	"""Raises NotOnlineError while the patient's own page is off."""
	if not cint(settings.get("my_page")):
		refuse()


def checks_mobile() -> bool:
	"""Whether a number is proven by a code before it books (F10)."""
	return bool(cint(settings.get("online_check_mobile")))


def refuse() -> None:
	"""Raises NotOnlineError."""
	frappe.throw(_("This is not booked online. Please call us."), NotOnlineError)


def window() -> Window:
	"""Notice, same-day rule and horizon."""
	return Window(
		number("online_notice_hours"), bool(number("online_same_day")), number("online_horizon_days") or 60
	)


def hold_minutes() -> int:
	"""How long a visitor holds a time (F05)."""
	return cint(settings.get("hold_minutes")) or 10


def change_hours() -> int:
	"""So many hours before the start the patient cannot change it by himself any more."""
	return number("online_change_hours")


def number(field: str) -> int:
	"""A setting, or its default where it was never stored: the field is younger than the clinic's settings."""
	value = settings.get(field)
	return _DEFAULTS.get(field, 0) if value in (None, "") else cint(value)
