"""What a recall rule must satisfy (A30). Pure: gives (field, code), never text.

A rule says when patients of a service are called again: some days after their last visit or after the
end of a course, or on a day of the calendar; how often, by whom and by which channel.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

AFTER_LAST_VISIT, AFTER_COURSE_END, CALENDAR = "After Last Visit", "After Course End", "Calendar"

MISSING = "missing"
NOT_POSITIVE = "not_positive"
TOO_MANY_DAYS = "too_many_days"
TOO_MANY_TIMES = "too_many_times"
NEEDS_COURSE = "needs_course"

MOST_DAYS = 3650
MOST_REMINDERS = 24


class Problem(NamedTuple):
	"""What is wrong with which field."""

	field: str
	code: str


def problems(rule: Mapping[str, Any], is_course: bool) -> list[Problem]:
	"""Everything that is wrong with a rule; `is_course`: its service is sold in sessions."""

	def number(field: str) -> int:
		return rule.get(field) or 0

	found = []
	if rule.get("trigger") == CALENDAR:
		if not rule.get("first_on"):
			found.append(Problem("first_on", MISSING))
	elif number("after_days") <= 0:
		found.append(Problem("after_days", NOT_POSITIVE))
	if rule.get("trigger") == AFTER_COURSE_END and not is_course:
		found.append(Problem("trigger", NEEDS_COURSE))
	if number("max_reminders") <= 0:
		found.append(Problem("max_reminders", NOT_POSITIVE))
	elif number("max_reminders") > MOST_REMINDERS:
		found.append(Problem("max_reminders", TOO_MANY_TIMES))
	if number("max_reminders") > 1 and number("repeat_every_days") <= 0:
		found.append(Problem("repeat_every_days", NOT_POSITIVE))
	if number("repeat_every_days") < 0:
		found.append(Problem("repeat_every_days", NOT_POSITIVE))
	found += [Problem(f, TOO_MANY_DAYS) for f in ("after_days", "repeat_every_days") if number(f) > MOST_DAYS]
	return list(dict.fromkeys(found))
