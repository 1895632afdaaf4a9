"""What may be booked and changed online, by whom and until when (F10, F16). Pure."""

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from clinic_core.foundation.money import Number, to_decimal

FULL_AMOUNT, DEPOSIT = "Full Amount", "Deposit"
TOKEN = re.compile(r"[0-9a-f]{32}")
CODE = re.compile(r"[0-9a-f]{8,40}")
"""A tracking code as it stands in an address."""


@dataclass(frozen=True)
class Window:
	"""What the clinic allows online; hours and days from now."""

	notice_hours: int = 0
	same_day: bool = True
	horizon_days: int = 60

	def first(self, now: datetime.datetime) -> datetime.datetime:
		"""The first moment that may be booked."""
		earliest = now + datetime.timedelta(hours=max(self.notice_hours, 0))
		if self.same_day:
			return earliest
		tomorrow = datetime.datetime.combine(now.date() + datetime.timedelta(days=1), datetime.time())
		return max(earliest, tomorrow)

	def last_day(self, now: datetime.datetime) -> datetime.date:
		"""The last day that may be booked."""
		return now.date() + datetime.timedelta(days=max(self.horizon_days, 1))

	def allows(self, start: datetime.datetime, now: datetime.datetime) -> bool:
		"""Whether a start lies in it."""
		return self.first(now) <= start and start.date() <= self.last_day(now)


def changeable_until(start: datetime.datetime, hours: int) -> datetime.datetime:
	"""Until when the patient moves or cancels by himself; later he calls the clinic."""
	return start - datetime.timedelta(hours=max(hours, 0))


def to_pay(service: Mapping[str, Any], price: Number | None) -> Decimal:
	"""What a booking pays online at once (A08, A59): nothing, the deposit, or the whole price.

	A deposit is never more than the price, where the price is known.
	"""
	if not (service.get("bookable_online") and service.get("pay_online")):
		return Decimal(0)
	whole, mode = to_decimal(price or 0), service.get("online_payment_mode")
	if mode == FULL_AMOUNT:
		return whole
	if mode != DEPOSIT:
		return Decimal(0)
	deposit = to_decimal(service.get("online_deposit") or 0)
	return min(deposit, whole) if whole else deposit


def short_name(first_name: str | None, last_name: str | None) -> str:
	"""A name that tells a person it is about him and strangers little: first name and an initial."""
	first, last = (first_name or "").strip(), (last_name or "").strip()
	if not first:
		return f"{last[:1]}." if last else ""
	return f"{first} {last[:1]}." if last else first


def is_token(text: str | None) -> bool:
	"""Whether a text is the secret a browser names its hold by."""
	return bool(TOKEN.fullmatch(text or ""))


def is_code(text: str | None) -> bool:
	"""Whether a text can be a tracking code at all."""
	return bool(CODE.fullmatch(text or ""))


def is_site(text: str) -> bool:
	"""Whether a text is `http(s)://host[:port]` and nothing more."""
	return bool(re.fullmatch(r"https?://[A-Za-z0-9.-]+(:\d{1,5})?", text))


def origins_of(text: str | None) -> list[str]:
	"""Addresses of web sites that may show the page in a frame, one a line, each as `https://host[:port]`.

	Raises ValueError with the line that is none: anything else would change the header it is written into.
	"""
	found = []
	for line in (text or "").split():
		origin = line.strip().rstrip("/").lower()
		if not is_site(origin):
			raise ValueError(line)
		found.append(origin)
	return list(dict.fromkeys(found))
