"""What may be booked, changed and paid online."""

import datetime
from decimal import Decimal

import pytest
from clinic_core.online_booking import rules
from hypothesis import given
from hypothesis import strategies as st

NOW = datetime.datetime(2026, 11, 28, 10, 30)


def at(days=0, hour=0, minute=0):
	return datetime.datetime.combine(NOW.date() + datetime.timedelta(days=days), datetime.time(hour, minute))


@pytest.mark.parametrize(
	("window", "start", "allowed"),
	[
		(rules.Window(2), at(0, 12, 30), True),
		(rules.Window(2), at(0, 12, 29), False),
		(rules.Window(2, same_day=False), at(0, 20), False),
		(rules.Window(2, same_day=False), at(1, 0), True),
		(rules.Window(20, same_day=False), at(1, 6), False),
		(rules.Window(0, horizon_days=3), at(3, 23, 55), True),
		(rules.Window(0, horizon_days=3), at(4), False),
		(rules.Window(0), NOW - datetime.timedelta(minutes=5), False),
	],
)
def test_notice_same_day_and_horizon(window, start, allowed):
	assert window.allows(start, NOW) is allowed


@given(
	hours=st.integers(0, 200),
	same_day=st.booleans(),
	days=st.integers(0, 90),
	minutes=st.integers(-500, 200_000),
)
def test_what_is_allowed_lies_between_the_first_moment_and_the_last_day(hours, same_day, days, minutes):
	window, start = rules.Window(hours, same_day, days), NOW + datetime.timedelta(minutes=minutes)
	inside = window.first(NOW) <= start and start.date() <= window.last_day(NOW)
	assert window.allows(start, NOW) is inside
	if inside:
		assert start >= NOW


def test_a_change_is_possible_until_so_many_hours_before():
	assert rules.changeable_until(at(1, 10), 4) == at(1, 6)
	assert rules.changeable_until(at(1, 10), 0) == at(1, 10)


BOOKABLE = {"bookable_online": 1, "pay_online": 1}


@pytest.mark.parametrize(
	("service", "price", "due"),
	[
		({**BOOKABLE, "online_payment_mode": "Full Amount"}, 3_500_000, 3_500_000),
		({**BOOKABLE, "online_payment_mode": "Deposit", "online_deposit": 500_000}, 3_500_000, 500_000),
		({**BOOKABLE, "online_payment_mode": "Deposit", "online_deposit": 500_000}, 200_000, 200_000),
		({**BOOKABLE, "online_payment_mode": "Deposit", "online_deposit": 500_000}, None, 500_000),
		({**BOOKABLE, "online_payment_mode": "At the Clinic"}, 3_500_000, 0),
		({**BOOKABLE, "pay_online": 0, "online_payment_mode": "Full Amount"}, 3_500_000, 0),
		({"bookable_online": 0, "pay_online": 1, "online_payment_mode": "Full Amount"}, 3_500_000, 0),
	],
)
def test_what_is_paid_at_once(service, price, due):
	assert rules.to_pay(service, price) == Decimal(due)


@pytest.mark.parametrize(
	("first", "last", "shown"),
	[
		("سارا", "احمدی", "سارا ا."),
		("Sara", "", "Sara"),
		("", "Ahmadi", "A."),
		(None, None, ""),
		(" Sara ", " Ahmadi ", "Sara A."),
	],
)
def test_a_name_for_a_page_anybody_may_look_at(first, last, shown):
	assert rules.short_name(first, last) == shown


@given(st.text(max_size=60))
def test_only_hexadecimal_secrets_are_taken(text):
	if rules.is_token(text):
		assert len(text.strip("0123456789abcdef")) == 0 and len(text) == 32
	if rules.is_code(text):
		assert text.isalnum()


def test_origins_are_addresses_of_sites_and_nothing_else():
	assert rules.origins_of("https://www.clinic.example/\nhttp://localhost:8080") == [
		"https://www.clinic.example",
		"http://localhost:8080",
	]
	assert rules.origins_of(None) == []
	for bad in (
		"*",
		"https://a.example; script-src *",
		"javascript:alert(1)",
		"https://a.example/path",
		"a.example",
	):
		with pytest.raises(ValueError):
			rules.origins_of(bad)
