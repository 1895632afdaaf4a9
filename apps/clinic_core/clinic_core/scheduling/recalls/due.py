"""When patients are called again, and what follows a call (A30, A90, F50). Pure.

A cycle begins with what the rule counts from: the last visit, the end of a course, or its day of the
calendar. A cycle gives one recall; the calls after the first are attempts of the same one.
"""

import datetime
from dataclasses import dataclass

from clinic_core.scheduling.recall_rules import CALENDAR

AHEAD_DAYS = 14
"""So long before its day a recall is on the list, so that a week can be planned."""
STALE_DAYS = 365
"""Who should have been called longer ago is not called any more because a rule is new."""
AGAIN_DAYS = 7
"""When to call again where the rule does not say."""


@dataclass(frozen=True)
class Rule:
	"""What a recall rule says, or the reminder period of a service without one (A90: `name` is empty)."""

	service: str
	trigger: str
	after_days: int = 0
	first_on: datetime.date | None = None
	most_attempts: int = 1
	again_days: int = 0
	name: str = ""
	channel: str = "Phone"
	contact_by: str = "CRM"


def due_on(rule: Rule, base: datetime.date) -> datetime.date:
	"""The day somebody is to be called."""
	if rule.trigger == CALENDAR and rule.first_on:
		return rule.first_on
	return base + datetime.timedelta(days=rule.after_days)


def bases(rule: Rule, today: datetime.date) -> tuple[datetime.date, datetime.date] | None:
	"""The first and last day a cycle may have begun so that its recall belongs on the list now.

	None: nobody. Of a calendar rule, whoever was here within the time before its day.
	"""
	newest, oldest = today + _days(AHEAD_DAYS), today - _days(STALE_DAYS)
	if rule.trigger == CALENDAR:
		if not rule.first_on or not oldest <= rule.first_on <= newest:
			return None
		return rule.first_on - _days(3 * STALE_DAYS), min(today, rule.first_on)
	last = min(today, newest - _days(rule.after_days))
	return oldest - _days(rule.after_days), last


def cycle(rule: Rule, patient: str, base: datetime.date) -> str:
	"""What may be there once only: rule, patient and the day the cycle is counted from."""
	begun = rule.first_on if rule.trigger == CALENDAR else base
	return f"{rule.name or rule.service}|{patient}|{begun}"


def next_call(
	attempts: int, most: int, again_days: int, today: datetime.date, wished: datetime.date | None = None
) -> datetime.date | None:
	"""The day of the next call after `attempts` that came to nothing; None when it was the last one.

	A day that was agreed with the patient counts, whatever the rule says.
	"""
	if wished:
		return wished
	if attempts >= max(1, most):
		return None
	return today + _days(again_days or AGAIN_DAYS)


def _days(number: int) -> datetime.timedelta:
	return datetime.timedelta(days=number)
