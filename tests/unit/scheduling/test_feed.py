"""Calendars for other programs: what they read back is what was meant, and no more than allowed (F14)."""

import datetime
import itertools
from zoneinfo import ZoneInfo

import icalendar
import pytest
from clinic_core.scheduling.feed import names
from clinic_core.scheduling.feed.calendar import CANCELLED, Event, etag, render, status_of
from hypothesis import given
from hypothesis import strategies as st

ZONE = "Asia/Tehran"
NINE = datetime.datetime(2026, 11, 28, 9)


def event(**values):
	return Event(
		**{
			"uid": "a1@clinic",
			"start": NINE,
			"end": NINE + datetime.timedelta(minutes=30),
			"summary": "M. R. · Laser",
			"status": "CONFIRMED",
			"sequence": 3,
			"changed": NINE,
			**values,
		}
	)


def parsed(*events, zone=ZONE):
	return icalendar.Calendar.from_ical(render("Dr Rezaei", zone, events))


def test_an_event_says_when_in_the_clinics_zone():
	(found,) = parsed(event()).walk("VEVENT")
	assert found.start == NINE.replace(tzinfo=ZoneInfo(ZONE))
	assert found["SEQUENCE"] == 3
	assert found["DTSTART"].params["TZID"] == ZONE
	# A stamp is in world time: Tehran is three and a half hours ahead.
	assert found["DTSTAMP"].dt == datetime.datetime(2026, 11, 28, 5, 30, tzinfo=datetime.timezone.utc)


@pytest.mark.parametrize("zone", ["Asia/Tehran", "Europe/Istanbul", "Europe/Berlin", "Asia/Shanghai"])
def test_the_rules_of_the_zone_are_in_the_file(zone):
	body = render("x", zone, [event()])
	found = parsed(event(), zone=zone)
	(rules,) = found.walk("VTIMEZONE")
	assert rules["TZID"] == zone
	clock = rules.to_tz()
	for month in (1, 7, 11):
		moment = datetime.datetime(2026, month, 15, 9)
		assert clock.utcoffset(moment) == ZoneInfo(zone).utcoffset(moment)
	assert b"2038" not in body or len(body) < 20_000


@given(
	st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=200),
	st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=60),
)
def test_no_text_breaks_a_line_or_becomes_another_property(summary, place):
	body = render("x", ZONE, [event(summary=summary, place=place)])
	lines = body.split(b"\r\n")
	assert all(len(line) <= 75 for line in lines)
	assert lines[-1] == b""
	(found,) = icalendar.Calendar.from_ical(body).walk("VEVENT")
	assert str(found["SUMMARY"]) == summary
	assert str(found.get("LOCATION", "")) == place


def test_a_name_cannot_bring_a_property_along():
	(found,) = parsed(event(summary="Ali\r\nATTENDEE:mailto:x@example.com, Reza; y")).walk("VEVENT")
	assert "ATTENDEE" not in found
	assert "mailto" in str(found["SUMMARY"])


def test_a_cancelled_one_stays_in_the_file_and_blocks_nothing():
	(found,) = parsed(event(status=CANCELLED)).walk("VEVENT")
	assert (found["STATUS"], found["TRANSP"]) == ("CANCELLED", "TRANSPARENT")
	assert [status_of(one) for one in ("Booked", "Arrived", "Cancelled", "No Show")] == [
		"TENTATIVE",
		"CONFIRMED",
		"CANCELLED",
		"CONFIRMED",
	]


def test_the_same_events_give_the_same_bytes_in_any_order():
	events = [event(uid=f"{n}@clinic", start=NINE + datetime.timedelta(hours=n)) for n in range(3)]
	tags = {etag(render("x", ZONE, order)) for order in itertools.permutations(events)}
	assert len(tags) == 1
	assert etag(render("x", ZONE, [event(sequence=4)])) not in tags


@pytest.mark.parametrize(
	("name", "short"),
	[
		("Maryam Rezaei", "M. R."),
		("مریم رضایی", "م. ر."),
		("علی‌رضا محمدی", "ع. م."),
		("", ""),
		(None, ""),
		("123 (Ali)", "A."),
	],
)
def test_initials(name, short):
	assert names.initials(name) == short


@pytest.mark.parametrize(
	("choice", "line"),
	[
		(names.INITIALS, "M. R. · Laser"),
		(names.FULL_NAME, "Maryam Rezaei · Laser"),
		(names.NOTHING, "Busy"),
		(None, "M. R. · Laser"),
	],
)
def test_a_calendar_outside_shows_what_the_clinic_allows(choice, line):
	assert names.summary(choice, "Maryam Rezaei", "Laser", "Busy") == line
