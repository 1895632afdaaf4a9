"""A practitioner's own notice and horizon."""

from clinic_core.scheduling.own_rules import NO_RULES, OwnRules
from hypothesis import given
from hypothesis import strategies as st

DAY = 24 * 60
MINUTES = st.integers(min_value=0, max_value=400 * DAY)


@given(start=MINUTES, now=MINUTES)
def test_without_rules_everything_is_allowed_from_now_on(start, now):
	assert NO_RULES.allows(now + start, now)


@given(start=MINUTES, now=MINUTES, notice=st.integers(0, 72), horizon=st.integers(1, 100))
def test_notice_and_horizon(start, now, notice, horizon):
	rules = OwnRules(notice_hours=notice, horizon_days=horizon)
	within = start < (now // DAY + horizon + 1) * DAY
	assert rules.allows(start, now) == (within and start >= now + notice * 60)
	assert rules.allows(start, now, at_the_desk=True) == within
