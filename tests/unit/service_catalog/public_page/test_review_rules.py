"""What a comment may be, when it is spam, how often one may be sent, and how a moderator may decide."""

import pytest
from clinic_core.foundation import roles
from clinic_core.service_catalog.public_page import review_rules as rules
from clinic_core.service_catalog.public_page.review_states import PENDING, PUBLISHED, REJECTED, REVIEW, SPAM
from hypothesis import given
from hypothesis import strategies as st


@pytest.mark.parametrize(
	("typed", "kept"),
	[
		("  Maryam   K. ", "Maryam K."),
		("<b>Maryam</b>", "Maryam"),
		("<script>alert(1)</script>Maryam", "Maryam"),
		("<img src=x onerror=alert(1)>Maryam", "Maryam"),
		("a < b and c > d", "a < b and c > d"),
		("I <3 it", "I <3 it"),
		("پوست‌ها", "پوست‌ها"),
		("abc\u202edef\u0000", "abcdef"),
		("line\none", "line one"),
		(None, ""),
	],
)
def test_words_are_kept_and_markup_is_not(typed, kept):
	assert rules.tidy(typed) == kept


def test_lines_of_a_comment_stay_but_not_pages_of_nothing():
	assert rules.tidy("one\r\n\n\n\n two  three \n", lines=True) == "one\n\ntwo three"


@given(st.text(max_size=200))
def test_tidying_twice_changes_nothing_more_of_plain_words(text):
	plain = text.replace("<", "").replace(">", "")
	once = rules.tidy(plain, lines=True)
	assert rules.tidy(once, lines=True) == once


@pytest.mark.parametrize(
	("text", "honeypot", "seconds", "code"),
	[
		("Thank you", "", 12, None),
		("Thank you, see https://a.example", "", 12, None),
		("https://a.example and www.b.example", "", 12, rules.LINKS),
		("buy at cheap.shop or cheap.xyz", "", 12, rules.LINKS),
		("Thank you", "http://spam.example", 12, rules.HONEYPOT),
		("Thank you", "", 2.9, rules.TOO_FAST),
		("Thank you", "", None, rules.TOO_FAST),
		("Thank you", "   ", 3, None),
	],
)
def test_what_only_machines_do_is_put_aside(text, honeypot, seconds, code):
	assert rules.suspicion(text, "Maryam", honeypot, seconds) == code


@pytest.mark.parametrize(
	("from_address", "on_page", "address_limit", "page_limit", "code"),
	[
		(0, 0, 20, 5, None),
		(19, 4, 20, 5, None),
		(20, 0, 20, 5, rules.ADDRESS),
		(3, 5, 20, 5, rules.PAGE),
		(19, 0, 1, 5, None),  # thousands share the address of a mobile network
		(20, 0, 1, 5, rules.ADDRESS),
		(900, 900, 0, 0, None),
	],
)
def test_limits_stop_a_flood_but_no_neighbour(from_address, on_page, address_limit, page_limit, code):
	assert rules.flood(from_address, on_page, address_limit, page_limit) == code


def test_every_decision_of_a_moderator_can_be_taken_back():
	for old in (PENDING, PUBLISHED, REJECTED, SPAM):
		for new in (PENDING, PUBLISHED, REJECTED, SPAM):
			assert REVIEW.allows_role(old, new, {roles.MANAGER})


def test_nobody_else_decides_and_nothing_begins_published():
	others = roles.EVERYONE - {roles.MANAGER, roles.SUPERVISOR, roles.CRM_MANAGER}
	assert not REVIEW.allows_role(PENDING, PUBLISHED, others)
	assert REVIEW.initial == {PENDING, SPAM}
