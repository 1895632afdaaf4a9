"""Counts what comes through the public forms, and says stop (design: number and address, never address alone)."""

import frappe
from clinic_core.foundation import settings
from frappe import _
from frappe.utils import add_to_date, now_datetime

from clinic_crm.pipeline import limits

SUBMISSION = "Clinic Lead Submission"
TRIES_PER_ADDRESS = 300
"""Requests of one address in ten minutes, valid or not; only to spare the server."""


class TooManySubmissionsError(frappe.ValidationError):
	"""More than a person would send."""

	http_status_code = 429


def check_tries(address: str | None) -> None:
	"""Stop a machine that sends without end. Raises TooManySubmissionsError."""
	if not address:
		return
	key = frappe.cache.make_key(f"clinic_lead_tries:{address}")
	tries = frappe.cache.incr(key)
	if tries == 1:
		frappe.cache.expire(key, 600)
	if tries > TRIES_PER_ADDRESS:
		_refuse()


def check_limits(mobile: str | None, address: str | None) -> None:
	"""Refuse one submission more than a number or an address may send. Raises TooManySubmissionsError."""
	now = now_datetime()
	broken = limits.flood(
		_count("mobile", mobile, add_to_date(now, days=-1)),
		_count("ip_address", address, add_to_date(now, hours=-1)),
		settings.get("lead_limit_per_number") or 0,
		settings.get("lead_limit_per_address") or 0,
	)
	if broken == limits.NUMBER:
		frappe.throw(
			_("We have your request already and will call you. Please do not send it again today."),
			TooManySubmissionsError,
		)
	if broken:
		_refuse()


def _refuse() -> None:
	frappe.throw(
		_("Too many requests came from your connection. Please try again in an hour, or call us."),
		TooManySubmissionsError,
	)


def _count(field: str, value: str | None, since: object) -> int:
	if not value:
		return 0
	return frappe.db.count(SUBMISSION, {field: value, "creation": (">", since), "status": ("!=", "Repeated")})
