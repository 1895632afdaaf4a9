"""Texts of templates, their placeholders, what advertising must not hold, and the opt-out word."""

import datetime
import string

import pytest
from clinic_core.messaging import occasions, seeds, segments, states, texts, timing, values
from hypothesis import given
from hypothesis import strategies as st

NIGHT = (22, 8)


def test_a_line_that_would_say_nothing_is_left_out():
	pattern = "Dear {patient},\n{branch_phone}\nCall {link} {branch_phone}\nBye"
	assert texts.fill(pattern, {"patient": "Sara"}) == "Dear Sara,\nBye"
	assert texts.fill(pattern, {"branch_phone": "021"}) == "021\nCall 021\nBye"


@given(
	st.dictionaries(
		st.sampled_from(texts.PLACEHOLDERS), st.text(alphabet=string.printable + "{}", max_size=20)
	)
)
def test_a_value_is_never_read_as_a_placeholder(given_values):
	for name, value in given_values.items():
		filled = texts.fill(f"x{{{name}}}y", {name: value, "patient": "SECRET"})
		assert "SECRET" not in filled or name == "patient" or "SECRET" in value


def test_placeholders_nobody_can_fill_are_named():
	assert texts.unknown_in("{patient} {nobody} {day} {nobody}") == ["nobody"]


@pytest.mark.parametrize(
	("text", "pays"),
	[
		("https://zarinpal.com/pg/1", True),
		("pay here: http://x.ir/payment?id=1", True),
		("clinic.ir/pay/12", True),
		("درگاه: https://clinic.ir/پرداخت", True),
		("See clinic.ir/offers", False),
		("panel: payamak.ir/news", False),
		("pay at the desk", False),
	],
)
def test_a_link_to_a_payment_is_seen(text, pays):
	assert texts.has_payment_link(text) is pays
	assert texts.is_allowed(text, states.ADVERTISING) is not pays
	assert texts.is_allowed(text, states.SERVICE)


@pytest.mark.parametrize("reply", ["لغو", " لغو. ", "لغو۱۱", "لغو 11", "stop", "STOP!", "Stop"])
def test_the_word_that_ends_advertising_in_any_spelling(reply):
	assert texts.is_opt_out(reply, ["لغو", "لغو11", "STOP"])


@pytest.mark.parametrize("reply", ["", "لغو نکنید", "nonstop", "11", "…"])
def test_other_words_end_nothing(reply):
	assert not texts.is_opt_out(reply, ["لغو", "لغو11", "STOP", ""])


@pytest.mark.parametrize(
	("hour", "quiet"), [(21, False), (22, True), (0, True), (7, True), (8, False), (12, False)]
)
def test_the_night_is_quiet(hour, quiet):
	moment = datetime.datetime(2026, 11, 28, hour, 59)
	assert timing.is_quiet(moment, *NIGHT) is quiet


@given(
	st.datetimes(datetime.datetime(2020, 1, 1), datetime.datetime(2030, 1, 1)),
	st.integers(0, 23),
	st.integers(0, 23),
)
def test_advertising_waits_for_the_first_hour_that_is_not_quiet(moment, quiet_from, quiet_until):
	goes = timing.earliest(states.ADVERTISING, moment, quiet_from, quiet_until)
	assert goes >= moment and not timing.is_quiet(goes, quiet_from, quiet_until)
	assert goes - moment < datetime.timedelta(days=1)
	if goes > moment:
		assert (goes.hour, goes.minute) == (quiet_until, 0)
	assert timing.earliest(states.CODE, moment, quiet_from, quiet_until) == moment


def test_pauses_grow_and_delivery_is_asked_for_two_days():
	minutes = [timing.retry_pause(attempts).total_seconds() / 60 for attempts in (1, 2, 3, 6, 50)]
	assert minutes == [1, 2, 4, 30, 30]
	sent = datetime.datetime(2026, 11, 28, 10)
	assert timing.next_ask(sent, sent) > sent
	assert timing.next_ask(sent, sent + datetime.timedelta(hours=48)) is None
	assert not timing.settled(sent, sent + datetime.timedelta(seconds=39), 10)
	assert timing.settled(sent, sent + datetime.timedelta(seconds=40), 10)


@pytest.mark.parametrize(
	("language", "text"),
	[
		("fa", "جمعه ۲۹ اسفند ۱۴۰۴"),
		("en", "Friday 20 March 2026"),
		("tr", "20 Mart 2026 Cuma"),
		("zh", "2026年3月20日星期五"),
	],
)
def test_a_day_in_the_receivers_calendar(language, text):
	assert values.day(datetime.date(2026, 3, 20), language) == text


def test_moments_are_days_or_times_by_their_name():
	moment = datetime.datetime(2026, 3, 20, 9, 5)
	shown = values.shown(
		{"day": moment, "old_time": moment, "count": 1200, "code": "0912", "link": None}, "fa"
	)
	assert shown["old_time"] == "۰۹:۰۵" and shown["count"] == "۱٬۲۰۰"
	assert (shown["code"], shown["link"]) == ("0912", "")


@pytest.mark.parametrize(
	("old", "new", "is_move", "occasion"),
	[
		(None, "Booked", False, "booking"),
		(None, "Held", False, None),
		("Held", "Booked", False, "booking"),
		("Booked", "Confirmed", False, None),
		("Booked", "Booked", True, "change"),
		("Confirmed", "Booked", True, "change"),
		("Booked", "Cancelled", False, "cancellation"),
		("Held", "Cancelled", False, None),
		("Arrived", "Booked", False, None),
		("Booked", "No Show", False, None),
	],
)
def test_what_a_change_is_to_the_patient(old, new, is_move, occasion):
	assert occasions.of_change(old, new, is_move) == occasion


@pytest.mark.parametrize("template", seeds.TEMPLATES, ids=lambda template: template["code"])
def test_seeded_texts_ask_for_what_can_be_filled_and_are_short(template):
	languages = {row["language"] for row in template["texts"]}
	assert {"fa", "en"} <= languages
	for row in template["texts"]:
		assert texts.unknown_in(row["text"]) == []
		assert texts.is_allowed(row["text"], template["purpose"])
		assert not segments.measure(row["text"]).is_too_long
		if template["purpose"] == states.CODE:
			assert "{code}" in row["text"]


def test_every_state_can_be_left_and_nothing_that_went_out_goes_out_again():
	table = states.MESSAGE
	assert table.next_states(states.DELIVERED) == [] and table.next_states(states.NOT_SENT) == []
	assert not table.allows(states.SENT, states.QUEUED) and not table.allows(states.DELIVERED, states.QUEUED)
	by_hand = {move for move, roles in table.moves.items() if roles}
	assert by_hand == {(states.FAILED, states.QUEUED)}
