"""Which share applies, and which cannot stand together (F33)."""

import datetime
from dataclasses import replace
from decimal import Decimal
from itertools import product

import pytest
from clinic_core.service_catalog.performance import ASSISTANT, PRACTITIONER, TECHNICIAN
from clinic_core.service_catalog.performance_shares.share_rules import (
	TARGETS,
	Book,
	Rule,
	Target,
	choose,
	exceeding,
	same_target,
)
from hypothesis import given
from hypothesis import strategies as st

DAY = datetime.date(2026, 11, 22)
LINE = Target("DR-1", "SKIN", "LASER", "VIP", DAY)
NAMED = {"practitioner": "DR-1", "department": "SKIN", "service": "LASER", "contract": "VIP"}


def rule(name="new", role=PRACTITIONER, percent=10, **target):
	return Rule(name, role, percent=None if percent is None else Decimal(percent), **target)


def every_rule():
	"""One rule for each of the sixteen combinations of targets, all of which cover the line."""
	for chosen in product((False, True), repeat=len(TARGETS)):
		target = {name: NAMED[name] for name, is_in in zip(TARGETS, chosen, strict=True) if is_in}
		yield rule("+".join(target) or "all", **target)


ORDER = [
	"practitioner+department+service+contract",
	"practitioner+service+contract",
	"practitioner+department+service",
	"practitioner+service",
	"practitioner+department+contract",
	"practitioner+contract",
	"practitioner+department",
	"practitioner",
	"department+service+contract",
	"service+contract",
	"department+service",
	"service",
	"department+contract",
	"contract",
	"department",
	"all",
]


def test_the_most_specific_wins_in_the_documented_order():
	rules = list(every_rule())
	for expected in ORDER:
		chosen = choose(rules, PRACTITIONER, LINE)
		assert chosen.name == expected
		rules.remove(chosen)
	assert choose(rules, PRACTITIONER, LINE) is None


@pytest.mark.parametrize("name", TARGETS)
def test_a_rule_of_something_else_does_not_apply(name):
	assert choose([rule(**{name: "OTHER"})], PRACTITIONER, LINE) is None
	assert choose([rule(**{name: NAMED[name]})], PRACTITIONER, replace(LINE, **{name: None})) is None


def test_a_rule_is_of_one_role_and_of_its_days():
	assert choose([rule()], TECHNICIAN, LINE) is None
	for first, last, applies in [(0, 0, True), (1, 9, False), (-9, -1, False), (-1, 1, True)]:
		days = {
			"valid_from": DAY + datetime.timedelta(first),
			"valid_to": DAY + datetime.timedelta(last),
		}
		assert bool(choose([replace(rule(), **days)], PRACTITIONER, LINE)) is applies


@given(st.permutations(list(every_rule())))
def test_the_order_of_the_rules_does_not_matter(rules):
	assert choose(rules, PRACTITIONER, LINE).name == ORDER[0]


@given(st.sets(st.sampled_from(range(16)), max_size=6), st.booleans())
def test_a_book_chooses_as_the_rule_says(picked, named):
	rules = [rule for number, rule in enumerate(every_rule()) if number in picked]
	line = LINE if named else Target(None, "SKIN", "LASER", None, DAY)
	assert Book(rules).choose(PRACTITIONER, line) == choose(rules, PRACTITIONER, line)


def test_the_same_target_on_a_common_day_is_found():
	old = rule("old", service="LASER", valid_to=DAY)
	assert same_target(rule(service="LASER", valid_from=DAY), [old]) is old
	assert same_target(rule(service="LASER", valid_from=DAY + datetime.timedelta(1)), [old]) is None
	assert same_target(rule(service="BOTOX"), [old]) is None
	assert same_target(rule(service="LASER", practitioner="DR-1"), [old]) is None
	assert same_target(rule(service="LASER", role=ASSISTANT), [old]) is None


def exceeds(new, *others):
	return bool(exceeding(new, list(others)))


def test_parts_of_the_roles_may_be_the_whole_but_not_more():
	technician = rule("t", TECHNICIAN, 40)
	assert not exceeds(rule(percent=60), technician)
	assert exceeds(rule(percent=61), technician)
	assert exceeds(rule(percent=50), technician, rule("a", ASSISTANT, 11))
	total, rules = exceeding(rule(percent=61), [technician])
	assert total == 101
	assert {found.name for found in rules} == {"new", "t"}


def test_rules_that_never_meet_do_not_add_up():
	assert not exceeds(rule(percent=80, service="LASER"), rule("t", TECHNICIAN, 40, service="BOTOX"))
	assert not exceeds(rule(percent=80, department="SKIN"), rule("t", TECHNICIAN, 40, department="EYES"))
	yesterday = DAY - datetime.timedelta(1)
	assert not exceeds(rule(percent=80, valid_from=DAY), rule("t", TECHNICIAN, 40, valid_to=yesterday))


def test_what_a_more_specific_rule_replaces_does_not_count():
	house = rule("house", PRACTITIONER, 80)
	here = rule("here", PRACTITIONER, 50, service="LASER")
	technician = rule("new", TECHNICIAN, 40, service="LASER")
	assert exceeds(technician, house)
	assert not exceeds(technician, house, here)


def test_everybody_named_in_another_role_is_looked_at():
	dear = rule("dear", PRACTITIONER, 90, practitioner="DR-9")
	assert exceeds(rule("new", TECHNICIAN, 20, practitioner="T-1"), rule("p", PRACTITIONER, 50), dear)


def test_a_rule_that_begins_later_is_looked_at_on_its_day():
	later = rule("later", TECHNICIAN, 60, valid_from=DAY + datetime.timedelta(30))
	assert exceeds(rule(percent=50, valid_from=DAY), later)


def test_narrow_rules_of_two_roles_meet_where_both_apply():
	assert exceeds(rule(percent=80, contract="VIP"), rule("t", TECHNICIAN, 40, service="LASER"))
	assert not exceeds(
		rule(percent=80, contract="VIP"),
		rule("t", TECHNICIAN, 40, service="LASER"),
		rule("both", PRACTITIONER, 60, service="LASER", contract="VIP"),
	)


def test_amounts_for_each_unit_are_not_percents():
	fixed = Rule("t", TECHNICIAN, amount=Decimal(1_000_000))
	assert not exceeds(rule(percent=100), fixed)
