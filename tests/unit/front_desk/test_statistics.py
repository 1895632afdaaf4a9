"""Rows, shares, trends and totals of service statistics (A29)."""

from decimal import Decimal

import pytest
from clinic_reception.front_desk.statistics.figures import ADDED_UP, by_month, percent, rows, totals, trend
from hypothesis import given
from hypothesis import strategies as st

SERVICES = [
	{"name": "LASER", "service_name": "Laser"},
	{"name": "BOTOX", "service_name": "Botox"},
	{"name": "PEEL", "service_name": "Peel"},
]


def fact(net, receptions=1):
	return {"receptions": receptions, "quantity": receptions, "used": 0, "list_total": net, "net": net}


def test_a_service_without_anything_is_left_out_and_the_largest_comes_first():
	sold = {"LASER": fact(100), "BOTOX": fact(300)}
	found = rows(SERVICES, sold, {}, {}, {})
	assert [row["service"] for row in found] == ["BOTOX", "LASER"]
	assert [row["share_percent"] for row in found] == [75, 25]


def test_a_service_that_was_only_booked_is_shown():
	[row] = rows(SERVICES, {}, {}, {}, {"PEEL": {"Booked": 2, "No Show": 1, "Completed": 3}})
	assert (row["appointments"], row["no_shows"], row["no_show_percent"]) == (6, 1, 25)
	assert (row["receptions"], row["net"], row["share_percent"]) == (0, 0, None)


def test_a_rate_of_nobody_is_unknown_not_zero():
	[row] = rows(SERVICES, {}, {}, {}, {"PEEL": {"Booked": 2}})
	assert row["no_show_percent"] is None


@pytest.mark.parametrize(
	("now", "then", "expected"),
	[(150, 100, 50), (50, 100, -50), (100, 100, 0), (100, 0, None), (0, 100, -100), (4, 3, "33.3")],
)
def test_the_change_against_the_period_before(now, then, expected):
	assert trend(now, then) == (expected if expected is None else Decimal(expected))


def test_a_part_of_nothing_is_unknown():
	assert percent(0, 0) is None


COUNT = st.integers(0, 1000)


@given(st.lists(st.tuples(COUNT, COUNT, COUNT, COUNT), min_size=1, max_size=3))
def test_the_totals_are_the_sum_of_the_rows(figures):
	sold, appointments, new = {}, {}, {}
	for service, (net, receptions, came, missed) in zip(SERVICES, figures, strict=False):
		sold[service["name"]] = fact(net, receptions)
		appointments[service["name"]] = {"Completed": came, "No Show": missed}
		new[service["name"]] = receptions
	found = rows(SERVICES, sold, {"LASER": 10}, new, appointments)
	summed = totals(found)
	for field in ADDED_UP:
		assert summed[field] == sum(row[field] for row in found)
	assert summed["share_percent"] in (None, 100)


def test_months_are_put_in_their_order_and_others_left_out():
	facts = [
		{"service": "LASER", "jalali_month": "1405-08", "net": 5},
		{"service": "LASER", "jalali_month": "1405-07", "net": 3},
		{"service": "PEEL", "jalali_month": "1404-01", "net": 9},
	]
	assert by_month(facts, ["1405-07", "1405-08", "1405-09"]) == {"LASER": [3, 5, 0]}
