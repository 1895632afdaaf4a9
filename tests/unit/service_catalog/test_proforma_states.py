"""How a proforma lives: who moves it, and when its promise is over."""

import datetime

import pytest
from clinic_core.service_catalog.proforma import proforma_states as states

DAY = datetime.date(2026, 11, 22)
NEXT = DAY + datetime.timedelta(days=1)


@pytest.mark.parametrize(
	("status", "until", "shown"),
	[
		(states.DRAFT, None, states.DRAFT),
		(states.ISSUED, NEXT, states.ISSUED),
		(states.ISSUED, DAY, states.ISSUED),
		(states.ISSUED, DAY - datetime.timedelta(days=1), states.EXPIRED),
		(states.USED, DAY - datetime.timedelta(days=1), states.USED),
		(states.CANCELLED, DAY - datetime.timedelta(days=1), states.CANCELLED),
	],
)
def test_only_an_issued_one_expires_after_its_last_day(status, until, shown):
	assert states.shown(status, until, DAY) == shown


@pytest.mark.parametrize(("setting", "days"), [(None, 7), (0, 7), (-3, 7), (1, 1), (30, 30)])
def test_nothing_set_is_a_week(setting, days):
	assert states.valid_days(setting) == days


def test_used_is_never_a_move_by_hand():
	table = states.TRANSITIONS
	for move in ((states.ISSUED, states.USED), (states.USED, states.ISSUED)):
		assert table.allows(*move) and not table.allows_role(*move, states.ISSUERS)
	assert not table.allows(states.USED, states.CANCELLED)
	assert not table.allows(states.CANCELLED, states.ISSUED)
	assert not table.allows(states.ISSUED, states.DRAFT)


def test_who_issues_may_cancel():
	for role in states.ISSUERS:
		assert states.TRANSITIONS.allows_role(states.DRAFT, states.ISSUED, [role])
		assert states.TRANSITIONS.allows_role(states.ISSUED, states.CANCELLED, [role])
	assert not states.TRANSITIONS.allows_role(states.DRAFT, states.ISSUED, ["Clinic Cashier"])
