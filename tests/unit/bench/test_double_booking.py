"""The race's plan and its verdict, without a database."""

import datetime
from collections import Counter

import pytest

from tests.bench.double_booking import plan, verdict

TODAY = datetime.date(2026, 11, 21)


@pytest.mark.parametrize(
	("text", "shares"),
	[
		("claims=85,booking=5,unlocked=10", {"claims": 85, "booking": 5, "unlocked": 10}),
		(" booking ", {"booking": 1}),
		("claims=3,booking=0", {"claims": 3, "booking": 0}),
	],
)
def test_shares_are_read(text, shares):
	assert plan.parse_shares(text) == shares


@pytest.mark.parametrize(
	("text", "reason"),
	[
		("back=3", "no door 'back'"),
		("claims=two", "whole number"),
		("claims=-1", "whole number"),
		("claims=1,claims=2", "named twice"),
		("claims=0", "at least one"),
		("", "at least one"),
	],
)
def test_a_wrong_share_is_named(text, reason):
	with pytest.raises(ValueError, match=reason):
		plan.parse_shares(text)


def test_doors_are_spread_evenly_over_the_run():
	doors = plan.doors(200, {"claims": 73, "booking": 2, "unlocked": 25})
	assert Counter(doors) == {"claims": 146, "booking": 4, "unlocked": 50}
	for half in (doors[:100], doors[100:]):
		assert Counter(half) == {"claims": 73, "booking": 2, "unlocked": 25}


def test_a_door_without_a_share_is_never_used():
	assert set(plan.doors(50, {"claims": 1, "booking": 0})) == {"claims"}


@pytest.mark.parametrize("horizon", [4, 30, 180])
def test_no_two_rounds_want_the_same_time(horizon):
	rounds = plan.plan(2000, {"claims": 1}, TODAY, horizon)
	assert len({(r.practitioner, r.start) for r in rounds}) == len(rounds)
	days = {(r.start.date() - TODAY).days for r in rounds}
	assert min(days) == plan.FIRST_DAY and max(days) < horizon
	assert sorted({r.practitioner for r in rounds}) == list(range(max(r.practitioner for r in rounds) + 1))
	assert all(r.start.minute in (0, 30) and not r.start.second for r in rounds)


def won(*rounds):
	"""A tally of 2 contenders in which these (round, contender) won."""
	tally = verdict.Tally(connections={1, 2})
	for number, contender in rounds:
		tally.won(number, contender, f"A{number}")
		tally.took(number, "claims", 1.0 + number, 1.01 + number)
	return tally


NOTHING = dict.fromkeys(verdict.audit(set(), set(), [], set()), 0)


def test_one_winner_everywhere_passes():
	found = verdict.figures(["claims"] * 2, 2, won((0, 1), (1, 0)), 4.0, NOTHING)
	assert found["passed"]
	assert found["winners_per_round"] == {"1": 2}
	assert found["rounds_per_second"] == 0.5
	assert found["doors"]["claims"]["round_p50_ms"] == 10.0
	assert "PASSED" in verdict.table(found)


@pytest.mark.parametrize("wins", [[(0, 1)], [(0, 1), (1, 0), (1, 1)]], ids=["nobody", "two"])
def test_another_number_of_winners_fails(wins):
	found = verdict.figures(["claims"] * 2, 2, won(*wins), 4.0, NOTHING)
	assert not found["passed"]
	assert "FAILED" in verdict.table(found)


@pytest.mark.parametrize("name", NOTHING)
def test_whatever_the_database_holds_against_us_fails(name):
	assert not verdict.figures(["claims"], 2, won((0, 1)), 1.0, NOTHING | {name: 1})["passed"]


@pytest.mark.parametrize("name", ["contention", "other"])
def test_what_a_caller_would_see_fails(name):
	tally = won((0, 1))
	tally.counts[f"surfaced {name}"] = 1
	assert not verdict.figures(["claims"], 2, tally, 1.0, NOTHING)["passed"]


def test_a_deadlock_that_the_boundary_mends_is_counted_and_passes():
	tally = won((0, 1))
	tally.counts.update({"deadlocks": 3, "retries": 3})
	found = verdict.figures(["claims"], 2, tally, 1.0, NOTHING)
	assert found["met_by_the_boundary"]["deadlocks"] == 3 and found["passed"]


def test_fewer_connections_than_clients_fail():
	assert not verdict.figures(["claims"], 3, won((0, 1)), 1.0, NOTHING)["passed"]


CLAIMS = {("PR:D", 1, 0, "A"), ("PT:P", 1, 0, "A")}


def test_the_audit_finds_nothing_in_a_good_database():
	assert verdict.audit(CLAIMS, {"A"}, sorted(CLAIMS), {"A"}) == NOTHING


@pytest.mark.parametrize(
	("claims", "appointments", "wrong"),
	[
		([*CLAIMS, ("PR:D", 1, 1, "B")], {"A"}, {"overlapping_cells": 1, "claims_too_many": 1}),
		([("PR:D", 1, 0, "A")], {"A"}, {"claims_missing": 1}),
		([], {"A"}, {"claims_missing": 2, "appointments_without_claims": 1}),
		([*CLAIMS], set(), {"appointments_missing": 1}),
		([*CLAIMS], {"A", "B"}, {"appointments_too_many": 1, "appointments_without_claims": 1}),
	],
)
def test_the_audit_names_what_is_wrong(claims, appointments, wrong):
	assert verdict.audit(CLAIMS, {"A"}, claims, appointments) == NOTHING | wrong


def test_tallies_add_up():
	one, two = won((0, 1)), won((1, 0))
	two.took(0, "claims", 0.5, 3.0)
	two.counts["lost"] = 2
	one.add(two)
	assert set(one.wins) == {0, 1}
	assert (one.began[0], one.ended[0]) == (0.5, 3.0)
	assert one.counts["lost"] == 2 and len(one.attempts_ms["claims"]) == 3


@pytest.mark.parametrize(("percent", "value"), [(50, 50), (95, 95), (99, 99), (100, 100), (0, 1)])
def test_percentiles_are_of_the_nearest_rank(percent, value):
	assert verdict.percentile([float(n) for n in range(100, 0, -1)], percent) == value


def test_a_percentile_of_nothing_is_zero():
	assert verdict.percentile([], 95) == 0
