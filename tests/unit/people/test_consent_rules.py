"""The decision of the gate, exhaustively (N15, E004, E010, E011)."""

import datetime
import itertools

import pytest
from clinic_core.people.consent import purposes, rules
from clinic_core.people.consent.rules import Answer, Facts, Unwanted, why_not

DECISIONS = (None, purposes.GIVEN, purposes.REFUSED, purposes.WITHDRAWN)
MODES = (purposes.OPT_IN, purposes.OPT_OUT, purposes.NOT_NEEDED)
OPINIONS = (
	frozenset(),
	frozenset({rules.ALLOW}),
	frozenset({rules.DENY}),
	frozenset({rules.ALLOW, rules.DENY}),
)
FLAGS = ("is_known", "is_erased", "is_blocked", "is_advertising_unwanted", "is_unsure")


def every():
	for flags in itertools.product((False, True), repeat=len(FLAGS)):
		for decision, mode, opinions, purpose in itertools.product(
			DECISIONS, MODES, OPINIONS, purposes.LABELS
		):
			yield (
				purpose,
				Facts(
					decision=decision, mode=mode, opinions=opinions, **dict(zip(FLAGS, flags, strict=True))
				),
			)


def test_every_combination_is_decided_by_the_first_that_speaks():
	seen = set()
	for purpose, facts in every():
		code = why_not(purpose, facts)
		seen.add(code)
		assert code == _expected(purpose, facts), (purpose, facts)
	assert seen == {
		None, "unknown_person", "erased", "blocked", "unsure", "denied", "do_not_contact", "refused",
		"withdrawn", "no_consent",
	}  # fmt: skip


def _expected(purpose, facts):
	"""The same rule written as a table, another way than the product writes it."""
	table = [
		(not facts.is_known, "unknown_person"),
		(facts.is_erased, "erased"),
		(facts.is_blocked, "blocked"),
		(facts.is_unsure, "unsure"),
		("deny" in facts.opinions, "denied"),
		(purpose in ("marketing", "survey") and facts.is_advertising_unwanted, "do_not_contact"),
		(facts.mode != "Not needed" and facts.decision == "Refused", "refused"),
		(facts.mode != "Not needed" and facts.decision == "Withdrawn", "withdrawn"),
		(facts.mode == "Opt-in" and facts.decision is None and "allow" not in facts.opinions, "no_consent"),
	]
	return next((code for holds, code in table if holds), None)


def test_an_allow_of_another_app_never_overrules_the_person():
	for decision in (purposes.REFUSED, purposes.WITHDRAWN):
		facts = Facts(decision=decision, opinions=frozenset({rules.ALLOW}))
		assert why_not("marketing", facts) is not None


@pytest.mark.parametrize("regime", purposes.REGIMES)
def test_every_law_says_something_on_every_purpose(regime):
	assert set(purposes.REGIMES[regime]) == set(purposes.LABELS)
	assert purposes.REGIMES[regime]["photo_publication"] == purposes.OPT_IN
	assert purposes.REGIMES[regime]["data_transfer"] == purposes.OPT_IN


def day(number):
	return datetime.datetime(2026, 1, number)


def test_the_latest_answer_holds():
	answers = [Answer("Refused", day(3), "A"), Answer("Given", day(5), "A"), Answer("Given", day(1), "A")]
	assert rules.current(answers).decision == "Given"
	assert rules.current([]) is None


@pytest.mark.parametrize("later", ["Given", "Refused"])
def test_after_a_merge_the_stricter_answer_holds_until_asked_anew(later):
	kept, other = Answer("Given", day(5), "A"), Answer("Refused", day(3), "B")
	assert rules.current([kept, other]).decision == "Given"
	assert rules.current([kept, other], day(10)).decision == "Refused"
	anew = Answer(later, day(12), "A")
	assert rules.current([kept, other, anew], day(10)) == anew


def test_withdrawn_is_stricter_than_refused():
	answers = [Answer("Refused", day(5), "A"), Answer("Withdrawn", day(3), "B")]
	assert rules.current(answers, day(10)).decision == "Withdrawn"


CHANNELS = ("Call", "SMS", "WhatsApp", "Email")


@pytest.mark.parametrize("listed", ["All", *CHANNELS])
@pytest.mark.parametrize("channel", CHANNELS)
@pytest.mark.parametrize("scope", ["Advertising", "Everything"])
@pytest.mark.parametrize("purpose", [None, "reminder", "marketing", "survey"])
def test_an_entry_closes_its_channel_as_far_as_it_says(listed, channel, scope, purpose):
	closed = rules.is_channel_closed([Unwanted(listed, scope)], channel, purpose)
	covers = listed in ("All", channel)
	assert closed == (covers and (scope == "Everything" or purpose in ("marketing", "survey")))


def test_advertising_is_unwanted_only_when_no_address_is_left():
	everything, calls = [Unwanted("All", "Advertising")], [Unwanted("Call", "Advertising")]
	assert rules.is_advertising_closed({"1": everything}, {"1"})
	assert not rules.is_advertising_closed({"1": everything}, {"1", "2"})
	assert not rules.is_advertising_closed({"1": calls}, {"1"})
	assert not rules.is_advertising_closed({}, set())
