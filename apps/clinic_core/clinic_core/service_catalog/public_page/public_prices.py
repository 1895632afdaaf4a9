"""The prices strangers read: what the one price function says for a patient nobody knows (`design.md` §4.4)."""

from collections.abc import Sequence
from decimal import Decimal

from clinic_core.foundation import compat
from clinic_core.foundation.errors import InvalidInputError
from clinic_core.foundation.money import to_decimal
from clinic_core.service_catalog import quotes

AT_ONCE = 1000
Key = tuple[str, str]


def of(wanted: Sequence[Key]) -> dict[Key, Decimal]:
	"""(service, area code or "") → what a patient pays for one today, in stored units, tax included.

	A constant number of queries for each thousand. What cannot be quoted has no price here.
	"""
	found: dict[Key, Decimal] = {}
	for start in range(0, len(wanted), AT_ONCE):
		found.update(_quoted(wanted[start : start + AT_ONCE]))
	return found


def _quoted(wanted: Sequence[Key]) -> dict[Key, Decimal]:
	lines = [{"service": service, "area": area or None} for service, area in wanted]
	messages = compat.mark_messages()
	try:
		answers = quotes.quotes_for(lines)
	except InvalidInputError:
		# One line that cannot be quoted would take the price of all: ask again in halves.
		compat.forget_messages(messages)
		if len(wanted) == 1:
			return {}
		half = len(wanted) // 2
		return {**_quoted(wanted[:half]), **_quoted(wanted[half:])}
	return {key: to_decimal(quote["patient_share"]) for key, quote in zip(wanted, answers, strict=True)}
