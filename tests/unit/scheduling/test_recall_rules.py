"""What a recall rule must satisfy (A30)."""

import pytest
from clinic_core.scheduling.recall_rules import problems

GOOD = {"trigger": "After Last Visit", "after_days": 90, "max_reminders": 1}


@pytest.mark.parametrize(
	("change", "expected"),
	[
		({}, []),
		({"max_reminders": 3, "repeat_every_days": 7}, []),
		({"trigger": "Calendar", "after_days": 0, "first_on": "2026-12-01"}, []),
		({"after_days": 0}, [("after_days", "not_positive")]),
		({"after_days": -1}, [("after_days", "not_positive")]),
		({"after_days": 3651}, [("after_days", "too_many_days")]),
		({"trigger": "Calendar"}, [("first_on", "missing")]),
		({"trigger": "After Course End"}, [("trigger", "needs_course")]),
		({"max_reminders": 0}, [("max_reminders", "not_positive")]),
		({"max_reminders": 25, "repeat_every_days": 1}, [("max_reminders", "too_many_times")]),
		({"max_reminders": 2}, [("repeat_every_days", "not_positive")]),
		({"repeat_every_days": -1}, [("repeat_every_days", "not_positive")]),
	],
)
def test_what_is_wrong_is_named(change, expected):
	assert problems(GOOD | change, is_course=False) == expected


def test_a_course_has_an_end():
	assert problems(GOOD | {"trigger": "After Course End"}, is_course=True) == []
