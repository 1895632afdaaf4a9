"""What a service definition must satisfy. Pure: gives (field, code, params), never text."""

from collections.abc import Mapping
from typing import Any, NamedTuple

GRID_MINUTES = 5
"""Time is claimed in cells of this many minutes (`design.md` §4.2)."""

NOT_NEGATIVE = "not_negative"
PERCENT = "percent"
POSITIVE = "positive"
ON_GRID = "on_grid"

_PERCENTS = ("marketer_percent", "referrer_percent", "deduction_percent", "tax_percent")
_NOT_NEGATIVE = (
	"amount",
	"points",
	"buffer_before_minutes",
	"buffer_after_minutes",
	"session_count",
	"session_start_days",
	"session_interval_days",
	"allowed_absence_count",
	"entitlement_valid_days",
)
_ON_GRID = ("duration_minutes", "buffer_before_minutes", "buffer_after_minutes")


class Problem(NamedTuple):
	"""What is wrong with which field."""

	field: str
	code: str


def problems(service: Mapping[str, Any]) -> list[Problem]:
	"""Everything that is wrong with a service, in the order of the form (A53–A84)."""

	def number(field: str) -> float:
		return service.get(field) or 0

	found = [Problem(f, NOT_NEGATIVE) for f in _NOT_NEGATIVE if number(f) < 0]
	found += [Problem(f, PERCENT) for f in _PERCENTS if not 0 <= number(f) <= 100]
	if number("duration_minutes") <= 0:
		found.append(Problem("duration_minutes", POSITIVE))
	found += [Problem(f, ON_GRID) for f in _ON_GRID if number(f) % GRID_MINUTES]
	if service.get("is_session_based"):
		found += _session_problems(number("session_count"), number("session_interval_days"))
	return found


def _session_problems(count: float, interval: float) -> list[Problem]:
	"""A course needs a number of sessions, and days between them when there are several."""
	found = []
	if count == 0:
		found.append(Problem("session_count", POSITIVE))
	if count > 1 and interval == 0:
		found.append(Problem("session_interval_days", POSITIVE))
	return found
