"""What a service definition must satisfy. Pure: gives (field, code, params), never text."""

from collections.abc import Mapping
from typing import Any, NamedTuple

GRID_MINUTES = 5
"""Time is claimed in cells of this many minutes (`design.md` §4.2)."""

NOT_NEGATIVE = "not_negative"
PERCENT = "percent"
POSITIVE = "positive"
ON_GRID = "on_grid"
SHARES_ABOVE_WHOLE = "shares_above_whole"
DEDUCTION_ABOVE_AMOUNT = "deduction_above_amount"
DEPOSIT_ABOVE_AMOUNT = "deposit_above_amount"
NEEDS_ONLINE_BOOKING = "needs_online_booking"
NEEDS_ITSELF = "needs_itself"
STAGE_LENGTH = "stage_length"
STAGES_BY_NOBODY = "stages_by_nobody"
STAGES_AND_AREAS = "stages_and_areas"
GROUP_OF_ONE_LENGTH = "group_of_one_length"
GROUP_TOO_LARGE = "group_too_large"

LARGEST_GROUP = 200

BY_PRACTITIONER = "Practitioner"

FULL_AMOUNT = "Full Amount"
DEPOSIT = "Deposit"

_PERCENTS = ("marketer_percent", "referrer_percent", "deduction_percent", "tax_percent")
_SHARES = ("marketer_percent", "referrer_percent", "deduction_percent")
_NOT_NEGATIVE = (
	"amount",
	"points",
	"buffer_before_minutes",
	"buffer_after_minutes",
	"deduction_amount",
	"professional_units",
	"technical_units",
	"touch_up_days",
	"session_count",
	"session_start_days",
	"session_interval_days",
	"allowed_absence_count",
	"entitlement_valid_days",
	"reminder_days",
	"sms_reminder_hours",
	"prerequisite_valid_days",
	"first_visit_minutes",
	"fee_visit_count",
	"fee_valid_days",
)
_ON_GRID = ("duration_minutes", "first_visit_minutes", "buffer_before_minutes", "buffer_after_minutes")


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
	found += _online_problems(service) + _share_problems(service)
	found += _booking_problems(service) + _stage_problems(service) + _group_problems(service)
	if service.get("is_session_based"):
		found += _session_problems(number("session_count"), number("session_interval_days"))
	return found


def practical_work(service: Mapping[str, Any], before: Mapping[str, Any] | None) -> bool:
	"""Whether the service is practical work, which is an outpatient procedure by another name (Q2).

	Two fields say the same; the one that was changed wins. Where they differed before, or nothing was
	before, either of them is enough to say yes.
	"""
	names = ("is_outpatient_procedure", "is_practical_work")
	now = [bool(service.get(name)) for name in names]
	was = [bool(before.get(name)) for name in names] if before else [False, False]
	changed = [value for value, old in zip(now, was, strict=True) if value != old]
	return changed[0] if changed else any(now)


def online_payment(service: Mapping[str, Any]) -> dict[str, Any]:
	"""The fields of online payment brought in line (A08): what is not asked for is empty.

	Whoever switches online payment on and says no more gets the whole amount paid.
	"""
	mode = (service.get("online_payment_mode") or FULL_AMOUNT) if service.get("pay_online") else ""
	return {
		"online_payment_mode": mode,
		"online_deposit": service.get("online_deposit") if mode == DEPOSIT else 0,
	}


def booking_fields(service: Mapping[str, Any]) -> dict[str, Any]:
	"""The fields of booking brought in line: what belongs to nothing is empty, stages add up to the duration."""
	stages = service.get("stages") or []
	several = (service.get("fee_visit_count") or 0) > 1
	return {
		"prerequisite_valid_days": service.get("prerequisite_valid_days")
		if service.get("prerequisite_service")
		else 0,
		"fee_visit_count": service.get("fee_visit_count") if several else 0,
		"fee_valid_days": service.get("fee_valid_days") if several else 0,
		"is_staged": int(bool(stages)),
		**({"duration_minutes": sum(row.get("duration_minutes") or 0 for row in stages)} if stages else {}),
	}


def _booking_problems(service: Mapping[str, Any]) -> list[Problem]:
	"""A service does not wait for itself; several visits on one fee end some day (F07, F18)."""
	found = []
	if service.get("prerequisite_service") and service.get("prerequisite_service") == service.get("name"):
		found.append(Problem("prerequisite_service", NEEDS_ITSELF))
	if (service.get("fee_visit_count") or 0) > 1 and not service.get("fee_valid_days"):
		found.append(Problem("fee_valid_days", POSITIVE))
	return found


def _stage_problems(service: Mapping[str, Any]) -> list[Problem]:
	"""Stages are whole cells, and somebody who is booked gives at least one of them (F06)."""
	stages = service.get("stages") or []
	if not stages:
		return []
	lengths = [row.get("duration_minutes") or 0 for row in stages]
	if any(length <= 0 or length % GRID_MINUTES for length in lengths):
		return [Problem("stages", STAGE_LENGTH)]
	if all(row.get("who") != BY_PRACTITIONER for row in stages):
		return [Problem("stages", STAGES_BY_NOBODY)]
	if any(row.get("duration_minutes") for row in service.get("areas") or []):
		return [Problem("stages", STAGES_AND_AREAS)]
	return []


def _group_problems(service: Mapping[str, Any]) -> list[Problem]:
	"""Who shares a time with others stays as long as they do (F13)."""
	size = service.get("group_size") or 0
	if size < 2:
		return [Problem("group_size", NOT_NEGATIVE)] if size < 0 else []
	if size > LARGEST_GROUP:
		return [Problem("group_size", GROUP_TOO_LARGE)]
	lengths = [row.get("duration_minutes") for row in service.get("areas") or []]
	if service.get("stages") or any(lengths) or service.get("first_visit_minutes"):
		return [Problem("group_size", GROUP_OF_ONE_LENGTH)]
	return []


def _online_problems(service: Mapping[str, Any]) -> list[Problem]:
	"""Paid online is what was booked online, and never more than it costs (A08, A59)."""
	if not service.get("pay_online"):
		return []
	if not service.get("bookable_online"):
		return [Problem("pay_online", NEEDS_ONLINE_BOOKING)]
	if service.get("online_payment_mode") != DEPOSIT:
		return []
	deposit = service.get("online_deposit") or 0
	if deposit <= 0:
		return [Problem("online_deposit", POSITIVE)]
	# A service sold by area only costs 0 itself: the dearest area then sets the limit.
	amounts = [row.get("amount") or 0 for row in service.get("areas") or []]
	dearest = max([service.get("amount") or 0, *amounts])
	return [Problem("online_deposit", DEPOSIT_ABOVE_AMOUNT)] if deposit > dearest else []


def _share_problems(service: Mapping[str, Any]) -> list[Problem]:
	"""Marketer, referrer and deductions share one amount: together they are at most the whole."""
	shares = {field: service.get(field) or 0 for field in _SHARES}
	found = []
	if all(0 <= share <= 100 for share in shares.values()) and sum(shares.values()) > 100:
		largest = max(shares, key=lambda field: shares[field])
		found.append(Problem(largest, SHARES_ABOVE_WHOLE))
	amounts = [row.get("amount") or 0 for row in service.get("areas") or []]
	if (service.get("deduction_amount") or 0) > max([service.get("amount") or 0, *amounts]):
		found.append(Problem("deduction_amount", DEDUCTION_ABOVE_AMOUNT))
	return found


def _session_problems(count: float, interval: float) -> list[Problem]:
	"""A course needs a number of sessions, and days between them when there are several."""
	found = []
	if count == 0:
		found.append(Problem("session_count", POSITIVE))
	if count > 1 and interval == 0:
		found.append(Problem("session_interval_days", POSITIVE))
	return found
