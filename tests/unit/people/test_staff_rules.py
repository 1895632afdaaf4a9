"""Roles that may be given, links, PINs: the pure rules of the staff."""

import datetime
import re

import pytest
from clinic_core.foundation import roles
from clinic_core.people.desk import pin_rules
from clinic_core.people.staff import grants, invite_rules
from hypothesis import given
from hypothesis import strategies as st

NOW = datetime.datetime(2026, 11, 28, 9)
ROLES = st.frozensets(st.sampled_from([*sorted(roles.STAFF), "System Manager", "Website Manager", "All"]))


@given(giver=ROLES, wanted=ROLES)
def test_nobody_gives_more_than_he_may(giver, wanted):
	too_much = grants.beyond_giver(giver, wanted)
	assert set(too_much) <= wanted - giver
	if "System Manager" not in giver:
		assert ("System Manager" in too_much) == ("System Manager" in wanted)
	if not giver & grants.GIVERS:
		assert set(too_much) == wanted - giver - grants.AUTOMATIC


@given(held=ROLES, wanted=st.frozensets(st.sampled_from(sorted(grants.ROLE_FIELDS.values()))))
def test_a_form_replaces_its_own_roles_and_leaves_others(held, wanted):
	left = set(grants.after(held, wanted))
	assert left & set(grants.ROLE_FIELDS.values()) == wanted
	assert (
		left - set(grants.ROLE_FIELDS.values()) == held - set(grants.ROLE_FIELDS.values()) - grants.AUTOMATIC
	)


def test_a_manager_gives_clinic_roles_and_reaches_no_system_manager():
	assert grants.beyond_giver({roles.MANAGER}, roles.STAFF) == []
	assert not grants.in_reach({roles.MANAGER}, {"System Manager", roles.MANAGER})
	assert grants.beyond_giver({roles.SUPERVISOR}, {roles.MANAGER}) == [roles.MANAGER]


def test_every_role_of_the_staff_has_a_box():
	assert set(grants.ROLE_FIELDS.values()) == roles.STAFF


def test_links_are_secrets_and_only_their_fingerprint_is_kept():
	tokens = {invite_rules.new_token() for _ in range(50)}
	assert len(tokens) == 50 and all(invite_rules.is_token(token) for token in tokens)
	one = tokens.pop()
	assert one not in invite_rules.fingerprint(one) and len(invite_rules.fingerprint(one)) == 64


@pytest.mark.parametrize(
	"text", ["", "short", "../../etc/passwd" * 4, "a" * 39, "a" * 65, "ا" * 43, "a b" * 15]
)
def test_what_can_be_no_token(text):
	assert not invite_rules.is_token(text)


@pytest.mark.parametrize(
	("status", "hours", "problem"),
	[
		(None, 1, "unknown"),
		("Open", 1, None),
		("Open", 0, "expired"),
		("Open", -1, "expired"),
		("Used", 1, "spent"),
		("Revoked", 1, "spent"),
	],
)
def test_when_a_link_opens(status, hours, problem):
	assert invite_rules.problem(status, NOW + datetime.timedelta(hours=hours), NOW) == problem


@pytest.mark.parametrize(
	("password", "weak"),
	[
		("short", True),
		("aaaaaaaaaaa", True),
		("09123456789", True),
		("9123456789", True),
		("mina@clinic.example", True),
		("a good long one", False),
	],
)
def test_passwords_that_others_know(password, weak):
	assert invite_rules.weak_password(password, "+989123456789", "mina@clinic.example") == weak


@pytest.mark.parametrize(
	("pin", "why"),
	[
		("", "length"),
		("123", "length"),
		("123456789", "length"),
		("12a4", "length"),
		("1111", "same"),
		("121212", "same"),
		("123123", "same"),
		("1234", "row"),
		("87654", "row"),
		("7890", "row"),
		("6789", "row"),
		("3456", "row"),
		("9123", "known"),
		("2739", None),
		("48205", None),
	],
)
def test_pins_that_are_too_easy(pin, why):
	assert pin_rules.weakness(pin, "+989123456789") == why


@given(st.integers(min_value=0, max_value=99_999_999))
def test_a_pin_is_the_same_in_any_digits(number):
	latin = str(number)
	persian = latin.translate(str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹"))
	assert pin_rules.plain(f" {persian} ") == latin
	if pin_rules.weakness(latin) is None:
		assert re.fullmatch(r"\d{4,8}", latin)


def test_five_wrong_pins_are_enough():
	assert [pin_rules.is_locked(n) for n in (None, 0, 4, 5, 6)] == [False, False, False, True, True]
