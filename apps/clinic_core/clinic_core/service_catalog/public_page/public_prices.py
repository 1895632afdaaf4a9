"""The prices strangers read: what the one price function says for a patient nobody knows (`design.md` §4.4)."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from clinic_core.foundation.money import to_decimal


def of(rows: Iterable[tuple[str, str, Any]]) -> dict[tuple[str, str], Decimal]:
	"""(service, area code or "") → what a patient pays today, in stored units."""
	return {(service, area): to_decimal(amount) for service, area, amount in rows}
