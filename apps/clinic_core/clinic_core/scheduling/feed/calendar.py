"""A calendar as other programs read it: iCalendar (RFC 5545). Pure (F14).

The same events give the same bytes, so a program that asks again can be told that nothing changed.
"""

import datetime
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import ZoneInfo

import icalendar

PRODUCT = "-//Clinic ERP//Calendar feed//EN"
REFRESH = datetime.timedelta(minutes=15)
TENTATIVE, CONFIRMED, CANCELLED = "TENTATIVE", "CONFIRMED", "CANCELLED"

_STATES = {"Booked": TENTATIVE, "Cancelled": CANCELLED}


@dataclass(frozen=True)
class Event:
	"""One appointment; times are the clinic's own, without a zone. `sequence` grows with each change."""

	uid: str
	start: datetime.datetime
	end: datetime.datetime
	summary: str
	status: str
	sequence: int
	changed: datetime.datetime
	place: str = ""


def status_of(appointment_status: str) -> str:
	"""A state of an appointment as calendars know it; what is over took place or was kept free."""
	return _STATES.get(appointment_status, CONFIRMED)


def render(title: str, zone: str, events: Sequence[Event]) -> bytes:
	"""The calendar with these events and the rules of its time zone over their days."""
	clock = ZoneInfo(zone)
	calendar = icalendar.Calendar()
	calendar.add("prodid", PRODUCT)
	calendar.add("version", "2.0")
	calendar.add("calscale", "GREGORIAN")
	calendar.add("method", "PUBLISH")
	calendar.add("x-wr-calname", title)
	calendar.add("x-wr-timezone", zone)
	calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
	calendar.add("x-published-ttl", "PT15M")
	calendar.add_component(_zone(clock, events))
	for event in sorted(events, key=lambda one: (one.start, one.uid)):
		calendar.add_component(_event(event, clock))
	return calendar.to_ical()


def etag(body: bytes) -> str:
	"""What tells these bytes from others."""
	return hashlib.sha256(body).hexdigest()[:32]


def _zone(clock: ZoneInfo, events: Sequence[Event]) -> icalendar.Timezone:
	days = [event.start.date() for event in events] or [datetime.date(2026, 1, 1)]
	first, last = min(days), max(days)
	# A year before and after: a rule that began earlier must be in it.
	return icalendar.Timezone.from_tzinfo(
		clock,
		clock.key,
		first_date=datetime.date(first.year - 1, 1, 1),
		last_date=datetime.date(last.year + 1, 12, 31),
	)


def _event(event: Event, clock: ZoneInfo) -> icalendar.Event:
	changed = event.changed.replace(microsecond=0, tzinfo=clock).astimezone(datetime.timezone.utc)
	made = icalendar.Event()
	made.add("uid", event.uid)
	made.add("dtstamp", changed)
	made.add("last-modified", changed)
	made.add("sequence", event.sequence)
	made.add("dtstart", event.start.replace(tzinfo=clock))
	made.add("dtend", event.end.replace(tzinfo=clock))
	made.add("summary", event.summary)
	made.add("status", event.status)
	made.add("transp", "TRANSPARENT" if event.status == CANCELLED else "OPAQUE")
	made.add("class", "PRIVATE")
	if event.place:
		made.add("location", event.place)
	return made
