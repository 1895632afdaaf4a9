"""Free times out of the database: at most eight queries, however many people and days.

A service in stages costs two more (its stages, the operators), queue shifts one, gaps between stages one.

Translates what `slots.free` finds (`design.md` §5, find_slots). Each start once for visitors: `starts`.
"""

import datetime
from typing import Any

from frappe.utils import add_days, get_datetime, getdate, now_datetime

from clinic_core.foundation import branch_scope
from clinic_core.scheduling import search
from clinic_core.scheduling.search import MINUTES_OF_DAY, Search
from clinic_core.scheduling.slots import Shift, Slot

LOOK_AHEAD_DAYS = 14
FEW = 20
NEAR_DAYS = 2
"""The first days almost always have the few times that are asked for: the rest is read only if not."""


def find_slots(
	service: str,
	from_date: datetime.date | str,
	to_date: datetime.date | str,
	practitioner: str | None = None,
	branch: str | None = None,
	patient: str | None = None,
	limit: int = 200,
	area: str | None = None,
	branches: list[str] | None = None,
	gender: str | None = None,
) -> list[dict[str, Any]]:
	"""Free times of a service as rows {start, end, practitioner, practitioner_name, branch, resources}.

	With `operators` where stages need some, `queue_no` where a number is given instead of a time, and
	`seats_left` where a group shares it (F13).

	`area`: the code of a body area, whose length is taken (G07). `branches`: only in these, unless None.
	`gender`: of somebody who is not named, empty when it is not recorded (G01).
	`start`, `end`: "YYYY-MM-DD HH:MM:SS". Nothing before now, nor beyond the booking horizon of
	Clinic Settings. Raises InvalidInputError for a range that is reversed or longer than 92 days,
	frappe.DoesNotExistError for an unknown service or patient.
	"""
	first, last = search.days(from_date, to_date)
	who, people = search.who_is(patient, gender), [practitioner] if practitioner else None
	return _rows(
		search.prepare(service, first, last, now_datetime(), who, people, branch, branches, area), limit
	)


def next_free(
	service: str,
	practitioner: str,
	after: datetime.datetime | str,
	branch: str | None = None,
	patient: str | None = None,
	count: int = 3,
	area: str | None = None,
) -> list[dict[str, Any]]:
	"""The next free times from `after` on, of the same practitioner, within two weeks."""
	moment = max(get_datetime(after), now_datetime())
	first = getdate(moment)
	last = getdate(add_days(first, LOOK_AHEAD_DAYS))
	mine, who = branch_scope.allowed(), search.who_is(patient)
	return _rows(search.prepare(service, first, last, moment, who, [practitioner], branch, mine, area), count)


def _rows(asked: Search | None, limit: int) -> list[dict[str, Any]]:
	return [asked.row(slot) for slot in _first(asked, limit)] if asked else []


def _first(asked: Search, limit: int) -> list[Slot]:
	found: list[Slot] = []
	for part in _nearest_first(asked.shifts, limit):
		if len(found) >= limit and found[-1].start < part[0].start:
			break
		found = sorted({*found, *asked.find(part, limit)})[:limit]
	return found


def _nearest_first(shifts: list[Shift], limit: int) -> list[list[Shift]]:
	"""The shifts in one part, or the first days apart when only a few times are wanted.

	A night shift of the first part may have times later than the first ones of the rest.
	"""
	if limit > FEW:
		return [shifts]
	end = (shifts[0].start // MINUTES_OF_DAY + NEAR_DAYS) * MINUTES_OF_DAY
	parts = [s for s in shifts if s.start < end], [s for s in shifts if s.start >= end]
	return [part for part in parts if part]
