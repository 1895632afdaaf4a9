"""One-time codes to a mobile: kept as a hash, for two minutes, five tries, one a minute (F10, F85).

In Redis alone: a code is worth nothing soon, and a restart only means asking for another one. `purpose` keeps the
codes of booking apart from those of the patient's own page.
"""

import hashlib

import frappe
from frappe import _
from frappe.utils import add_to_date, now_datetime
from frappe.utils.password import get_encryption_key

from clinic_core.foundation import tries
from clinic_core.foundation.digits import to_latin
from clinic_core.messaging import outbox
from clinic_core.online_booking import code_rules

BOOKING, MY_PAGE = "booking", "my"
PER_NUMBER, PER_ADDRESS = 12, 120
DAY, HOUR = 86400, 3600
PROOF_SECONDS = 20 * 60


class WaitError(tries.TooManyTriesError):
	"""A code was sent less than a minute ago."""


def send(mobile: str, purpose: str, *, really: bool = True) -> int:
	"""Send a code to a number in E.164 → seconds until another one may be asked for.

	`really` False: behave as if, for a number that nobody has; who asks cannot tell. Raises WaitError,
	TooManyTriesError.
	"""
	_pause(mobile, purpose)
	limit = _("Too many codes were asked for. Please try again later, or call us.")
	tries.check("code_number", mobile, PER_NUMBER, DAY, limit)
	tries.check("code_address", getattr(frappe.local, "request_ip", None), PER_ADDRESS, HOUR, limit)
	code = code_rules.new()
	tries.forget(f"code_{purpose}", _number(mobile))
	frappe.cache.set_value(
		_key("code", mobile, purpose),
		code_rules.digest(get_encryption_key(), purpose, mobile, code) if really else "",
		expires_in_sec=code_rules.LIVES_SECONDS,
	)
	if really:
		outbox.queue(
			"code",
			to=mobile,
			key=f"code:{purpose}:{frappe.generate_hash(length=16)}",
			values={"code": code},
			language=frappe.local.lang,
			expires_at=add_to_date(now_datetime(), seconds=code_rules.LIVES_SECONDS),
		)
	return code_rules.PAUSE_SECONDS


def check(mobile: str, purpose: str, code: str | None) -> bool:
	"""Whether it is the code that was sent; a right one is used up. Raises TooManyTriesError after five tries."""
	kept = frappe.cache.get_value(_key("code", mobile, purpose), expires=True)
	if kept is None:
		return False
	problem = _("Too many wrong codes. Please ask for a new one.")
	tries.check(f"code_{purpose}", _number(mobile), code_rules.TRIES, code_rules.LIVES_SECONDS, problem)
	given = "".join(letter for letter in to_latin(code or "") if letter.isdigit())
	if not kept or not code_rules.is_right(
		kept, code_rules.digest(get_encryption_key(), purpose, mobile, given)
	):
		return False
	frappe.cache.delete_value(_key("code", mobile, purpose))
	return True


def prove(mobile: str, browser: str) -> None:
	"""Remember that this browser has this number: a time that was taken meanwhile costs no second code."""
	frappe.cache.set_value(_key("proof", mobile, browser), 1, expires_in_sec=PROOF_SECONDS)


def is_proven(mobile: str, browser: str) -> bool:
	"""Whether this browser has proven the number lately."""
	return bool(frappe.cache.get_value(_key("proof", mobile, browser), expires=True))


def _pause(mobile: str, purpose: str) -> None:
	key = frappe.cache.make_key(_key("pause", mobile, purpose))
	if frappe.cache.incr(key) == 1:
		frappe.cache.expire(key, code_rules.PAUSE_SECONDS)
		return
	frappe.throw(_("A code was just sent. Please wait a minute for another one."), WaitError)


def _key(kind: str, mobile: str, purpose: str) -> str:
	return f"clinic_{kind}:{purpose}:{_number(mobile)}"


def _number(mobile: str) -> str:
	"""Numbers stand nowhere in Redis."""
	return hashlib.sha256(mobile.encode()).hexdigest()[:32]
