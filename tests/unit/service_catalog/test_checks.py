"""What a service definition must satisfy (A53–A84)."""

import pytest
from clinic_core.service_catalog.definition.checks import Problem, problems

GOOD = {"amount": 1000, "duration_minutes": 30}


@pytest.mark.parametrize(
	("change", "field", "code"),
	[
		({"amount": -1}, "amount", "not_negative"),
		({"points": -1}, "points", "not_negative"),
		({"buffer_before_minutes": -5}, "buffer_before_minutes", "not_negative"),
		({"entitlement_valid_days": -1}, "entitlement_valid_days", "not_negative"),
		({"marketer_percent": 100.5}, "marketer_percent", "percent"),
		({"referrer_percent": -0.5}, "referrer_percent", "percent"),
		({"deduction_percent": 101}, "deduction_percent", "percent"),
		({"tax_percent": 101}, "tax_percent", "percent"),
		({"duration_minutes": 0}, "duration_minutes", "positive"),
		({"duration_minutes": None}, "duration_minutes", "positive"),
		({"duration_minutes": -5}, "duration_minutes", "positive"),
		({"duration_minutes": 32}, "duration_minutes", "on_grid"),
		({"buffer_after_minutes": 3}, "buffer_after_minutes", "on_grid"),
		({"is_session_based": 1, "session_interval_days": 7}, "session_count", "positive"),
		({"is_session_based": 1, "session_count": 2}, "session_interval_days", "positive"),
		({"is_session_based": 1, "session_count": -2}, "session_count", "not_negative"),
	],
)
def test_what_is_wrong_is_named(change, field, code):
	assert Problem(field, code) in problems(GOOD | change)


@pytest.mark.parametrize(
	"change",
	[
		{},
		{"amount": 0},
		{"tax_percent": 100},
		{"session_count": 0, "is_session_based": 0},
		{"is_session_based": 1, "session_count": 1},
		{"is_session_based": 1, "session_count": 6, "session_interval_days": 30, "allowed_absence_count": 0},
	],
)
def test_what_is_right_passes(change):
	assert problems(GOOD | change) == []
