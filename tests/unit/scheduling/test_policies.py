"""Rules as data: which rule decides, what it costs, who is blocked, what has to come first (F07, F11)."""

import datetime
from decimal import Decimal

import pytest
from clinic_core.scheduling.policies import no_show_block, penalties, prerequisites
from clinic_core.scheduling.policies.penalties import Case, Rule, Step
from hypothesis import given
from hypothesis import strategies as st

CASE = Case("FILLER", "DR", "SKIN")
DAY = datetime.date(2026, 5, 10)


def rule(name=None, **scope):
	return Rule(
		name or "own", (Step(penalties.NO_SHOW, 0, penalties.AMOUNT, amount=Decimal(5)),), name, **scope
	)


@pytest.mark.parametrize(
	("narrow", "wide"),
	[
		({"service": "FILLER", "practitioner": "DR"}, {"service": "FILLER"}),
		({"service": "FILLER"}, {"practitioner": "DR"}),
		({"service": "FILLER"}, {"practitioner": "DR", "department": "SKIN"}),
		({"practitioner": "DR"}, {"department": "SKIN"}),
		({"department": "SKIN"}, {}),
	],
)
def test_the_most_specific_rule_decides_alone(narrow, wide):
	rules = [rule("wide", **wide), rule("narrow", **narrow)]
	assert penalties.choose(rules, CASE).name == "narrow"
	assert penalties.choose(reversed(rules), CASE).name == "narrow"


def test_a_rule_for_something_else_does_not_fit():
	others = [rule("a", service="BOTOX"), rule("b", service="FILLER", practitioner="DR2")]
	assert penalties.choose(others, CASE) is None


def test_what_a_practitioner_says_goes_before_the_department_but_not_before_a_document_that_names_him():
	own = penalties.own_rule("DR", "Dr", 12, penalties.PERCENT, 50)
	assert penalties.choose([own, rule("dep", department="SKIN"), rule("all")], CASE) is own
	assert penalties.choose([own, rule("named", practitioner="DR")], CASE).name == "named"
	assert penalties.own_rule("DR", "Dr", 12, "", 50) is None


STEPS = Rule(
	"laser",
	(
		Step(penalties.CANCELLATION, 24, penalties.PERCENT, Decimal(100)),
		Step(penalties.CANCELLATION, 48, penalties.PERCENT, Decimal(20)),
		Step(penalties.NO_SHOW, 0, penalties.AMOUNT, amount=Decimal(70)),
	),
)


@pytest.mark.parametrize(
	("hours", "cost"), [(72, None), (48, None), (47, 200), (24, 200), (23, 1000), (0, 1000), (-2, 1000)]
)
def test_the_shortest_time_that_is_not_over_decides(hours, cost):
	step = penalties.step_of(STEPS, penalties.CANCELLATION, hours * 60)
	assert (step and step.cost(1000)) == cost


def test_a_missed_appointment_has_no_hours_and_a_move_its_own_steps():
	assert penalties.step_of(STEPS, penalties.NO_SHOW, -90).cost(1000) == 70
	assert penalties.step_of(STEPS, penalties.MOVE, 10) is None
	assert penalties.step_of(None, penalties.NO_SHOW, -90) is None


def test_no_charge_is_a_rule_that_keeps_wider_ones_away():
	free = Rule("free", (Step(penalties.NO_SHOW),), "free", service="FILLER")
	found = penalties.choose([free, rule("all")], CASE)
	assert found is free and penalties.step_of(found, penalties.NO_SHOW, 0) is None


def test_a_percent_is_rounded_to_whole_units():
	assert Step(penalties.NO_SHOW, 0, penalties.PERCENT, Decimal(33)).cost(1001) == 330


def days_ago(*days):
	return [DAY - datetime.timedelta(days=n) for n in days]


def test_three_missed_appointments_block_until_the_oldest_of_the_three_no_longer_counts():
	until = no_show_block.blocked_until(days_ago(2, 10, 25), 3, 30, DAY)
	assert until == DAY + datetime.timedelta(days=4)
	assert no_show_block.blocked_until(days_ago(2, 10, 30), 3, 30, DAY) is None
	assert no_show_block.blocked_until(days_ago(2, 10, 25), 0, 30, DAY) is None


@given(st.lists(st.integers(-5, 80)), st.integers(1, 4), st.integers(1, 60))
def test_a_block_ends_on_the_day_it_says_if_nothing_more_is_missed(ago, limit, days):
	missed = [day for day in days_ago(*ago) if day <= DAY]
	until = no_show_block.blocked_until(missed, limit, days, DAY)
	if until is None:
		return
	assert until >= DAY
	assert no_show_block.blocked_until(missed, limit, days, until) == until
	assert no_show_block.blocked_until(missed, limit, days, until + datetime.timedelta(days=1)) is None


def test_what_was_done_holds_for_its_days_and_never_for_what_came_before_it():
	assert prerequisites.is_met(days_ago(30), DAY, 30)
	assert not prerequisites.is_met(days_ago(31), DAY, 30)
	assert prerequisites.is_met(days_ago(3000), DAY, 0)
	assert not prerequisites.is_met(days_ago(-1), DAY, 30)
	assert prerequisites.last_day(days_ago(31, 90), 30) == DAY - datetime.timedelta(days=1)
	assert prerequisites.last_day([], 30) is None
