"""How often the public pages may be asked, by number and by address (F85).

Mobile operators put thousands behind one address: an address alone is never stopped by a low number.
"""

import frappe
from frappe import _

from clinic_core.foundation import tries
from clinic_core.online_booking import opening

ADDRESS_FLOOR = 60
READS, WRITES, WRONG_CODES = 1200, 240, 30
"""Of one address: reads and writes in ten minutes, tracking links that lead nowhere in an hour."""
TEN_MINUTES, HOUR, DAY = 600, 3600, 86400
HOLDS_PER_VISITOR = 40


def read() -> None:
	"""One more question of this address."""
	_count("book_read", _address(), READS, TEN_MINUTES)


def write() -> None:
	"""One more change by this address."""
	_count("book_write", _address(), WRITES, TEN_MINUTES)


def hold(token: str) -> None:
	"""One more time held by this browser."""
	write()
	_count("book_hold", token, HOLDS_PER_VISITOR, HOUR)


def booking(mobile: str) -> None:
	"""One more booking for this number today, and from this address this hour. By settings."""
	per_number = opening.number("online_limit_per_number")
	per_address = opening.number("online_limit_per_address")
	if per_number:
		_count("book_number", mobile, per_number, DAY)
	if per_address:
		_count("book_address", _address(), max(per_address, ADDRESS_FLOOR), HOUR)


def wrong_code() -> None:
	"""One more tracking link that leads nowhere: somebody guesses."""
	_count("book_wrong", _address(), WRONG_CODES, HOUR)


def _address() -> str | None:
	return getattr(frappe.local, "request_ip", None)


def _count(kind: str, source: str | None, limit: int, seconds: int) -> None:
	problem = _("Too many requests. Please try again later, or call us.")
	tries.check(kind, source, limit, seconds, problem)
