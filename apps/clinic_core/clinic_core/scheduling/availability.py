"""Free times out of the database: at most eight queries, however many people and days.

A service in stages costs two more (its stages, the operators), queue shifts one, gaps between stages one.

Reads what `slots.free` needs and translates its answer (`design.md` §5, find_slots).
"""

import datetime
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Any

import frappe
from frappe import _
from frappe.utils import add_days, get_datetime, getdate, now_datetime

from clinic_core.foundation import branch_scope, settings
from clinic_core.foundation.errors import refuse_input
from clinic_core.people.patient_file import returning
from clinic_core.scheduling import claims, practitioner_rules, records, roster
from clinic_core.scheduling.cells import minute_of, moment_of
from clinic_core.scheduling.policies import door
from clinic_core.scheduling.queue import offering
from clinic_core.scheduling.slots import (
	Busy,
	Need,
	Resource,
	Shift,
	Slot,
	Who,
	free,
	patient_key,
	practitioner_key,
	resource_key,
)

MAX_DAYS = 92
LOOK_AHEAD_DAYS = 14
MINUTES_OF_DAY = 24 * 60
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
	first, last = getdate(from_date), getdate(to_date)
	if last < first:
		refuse_input(_("To date"), _("It lies before the first day."))
	if (last - first).days > MAX_DAYS:
		refuse_input(_("To date"), _("Please ask for at most {0} days at once.").format(MAX_DAYS))
	who = _who(patient) if patient or gender is None else Who(None, gender)
	return _find(service, first, last, practitioner, branch, who, limit, now_datetime(), area, branches)


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
	mine = branch_scope.allowed()
	who = _who(patient)
	return _find(service, first, last, practitioner, branch, who, count, moment, area, mine)


@dataclass(frozen=True)
class _Search:
	"""What a search reads once: who gives what, with what, and when."""

	offers: dict[str, records.Offer]
	needs: dict[str, Need]
	who: Who
	resources: list[Resource]
	operators: list[Shift]
	not_before: int
	first: datetime.date
	last: datetime.date

	def free(self, shifts: list[Shift], taken: Busy, limit: int | None) -> list[Slot]:
		"""The free times of these shifts; of a queue the next number."""
		begin, end = max(self.not_before, _midnight(self.first)), _midnight(self.last) + MINUTES_OF_DAY
		timed = free(
			shifts,
			self.needs,
			taken,
			self.resources,
			who=self.who,
			now=begin,
			until=end,
			step=settings.get("slot_step_minutes") or 15,
			limit=limit,
			operators=self.operators,
		)
		return sorted([*timed, *offering.next_numbers(shifts, self.needs, taken, self.who, (begin, end))])

	def keys(self) -> list[str]:
		"""Whose time counts."""
		people = {*self.offers, *(shift.practitioner for shift in self.operators)}
		keys = [*map(practitioner_key, sorted(people)), *(resource_key(r.name) for r in self.resources)]
		return [*keys, patient_key(self.who.name)] if self.who.name else keys


def _find(
	service: str,
	first: datetime.date,
	last: datetime.date,
	practitioner: str | None,
	branch: str | None,
	who: Who,
	limit: int,
	not_before: datetime.datetime,
	area: str | None,
	branches: list[str] | None,
) -> list[dict[str, Any]]:
	wanted = records.service(service, area)
	last = min(last, getdate(add_days(getdate(), settings.get("booking_horizon_days") or 180)))
	offers = {
		o.practitioner: o
		for o in records.offers(service, [practitioner] if practitioner else None)
		if o.is_active and o.offered
	}
	if who.is_first_visit and (earliest := door.first_visit_from()):
		not_before = max(not_before, earliest)
	helpers = records.operators_for(wanted)
	hours = roster.shifts({*offers, *helpers}, max(first, getdate(not_before)), last, branch)
	if branches is not None:
		hours = [shift for shift in hours if shift.branch in branches]
	shifts = [shift for shift in hours if shift.practitioner in offers]
	if wanted.status != "Active" or not shifts:
		return []
	search = _Search(
		offers,
		{
			name: records.need_of(wanted, offer, is_first_visit=who.is_first_visit)
			for name, offer in offers.items()
		},
		who,
		_of_use(records.resources(branch), shifts, wanted.resource_kinds),
		[shift for shift in hours if shift.practitioner in helpers],
		minute_of(not_before),
		first,
		last,
	)
	reach, found, keeps_rules = wanted.before + wanted.after, [], _keeper(offers)
	for part in _nearest_first(shifts, limit):
		if len(found) >= limit and found[-1].start < part[0].start:
			break
		taken = claims.busy(search.keys(), part[0].start - reach, max(s.end for s in part) + reach)
		new = search.free(part, taken, None if keeps_rules else limit)
		found = sorted({*found, *filter(keeps_rules, new)})[:limit]
	return [_row(slot, offers) for slot in found]


def _midnight(day: datetime.date) -> int:
	return minute_of(datetime.datetime.combine(day, datetime.time()))


def _keeper(offers: dict[str, records.Offer]) -> Callable[[Slot], bool] | None:
	"""Whether a time keeps the practitioner's own notice and horizon; None when nobody has such rules."""
	if not any(offer.rules.notice_hours or offer.rules.horizon_days for offer in offers.values()):
		return None
	now, desk = minute_of(now_datetime()), practitioner_rules.at_the_desk()
	return lambda slot: offers[slot.practitioner].rules.allows(slot.start, now, at_the_desk=desk)


def _nearest_first(shifts: list[Shift], limit: int) -> list[list[Shift]]:
	"""The shifts in one part, or the first days apart when only a few times are wanted.

	A night shift of the first part may have times later than the first ones of the rest.
	"""
	if limit > FEW:
		return [shifts]
	end = (shifts[0].start // MINUTES_OF_DAY + NEAR_DAYS) * MINUTES_OF_DAY
	parts = [s for s in shifts if s.start < end], [s for s in shifts if s.start >= end]
	return [part for part in parts if part]


def _of_use(resources: list[Resource], shifts: list[Shift], kinds: Collection[str]) -> list[Resource]:
	"""The rooms of the shifts, and what the service needs in their branches: only their claims count."""
	rooms, branches = {s.resource for s in shifts}, {s.branch for s in shifts}
	return [r for r in resources if r.name in rooms or (r.kind in kinds and r.branch in branches)]


def _who(patient: str | None) -> Who:
	if not patient:
		return Who()
	row = frappe.db.get_value("Clinic Patient", patient, ["name", "gender", "first_visit_on"])
	if not row:
		frappe.throw(_("Patient {0} not found").format(patient), frappe.DoesNotExistError)
	return Who(row[0], row[1] or "", is_first_visit=not returning.is_returning(row[2]))


def _row(slot: Slot, offers: dict[str, records.Offer]) -> dict[str, Any]:
	return {
		"start": str(moment_of(slot.start)),
		"end": str(moment_of(slot.end)),
		"practitioner": slot.practitioner,
		"practitioner_name": offers[slot.practitioner].practitioner_name,
		"branch": slot.branch,
		"resources": list(slot.resources),
		**({"operators": list(slot.operators)} if slot.operators else {}),
		**({"queue_no": slot.queue_no} if slot.queue_no else {}),
		**({"seats_left": slot.seats_left} if slot.seats_left else {}),
	}
