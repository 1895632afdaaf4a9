"""A search for free times as it stands in the database: who gives what, with what, and when. At most seven queries.

Reads what `slots.free` needs; `availability` and `starts` ask it (`design.md` §5, find_slots).
"""

import datetime
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, replace

import frappe
from frappe import _
from frappe.utils import add_days, getdate, now_datetime

from clinic_core.foundation import rows, settings
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
MINUTES_OF_DAY = 24 * 60

Rule = Callable[[int, str], bool]
"""Whether somebody may begin at this minute."""


@dataclass(frozen=True)
class Search:
	"""What a search reads once. `keeps_rules`: the practitioners' own notice and horizon; None without any.
	`reach`: minutes that buffers reach over the edges of shifts."""

	offers: dict[str, records.Offer]
	needs: dict[str, Need]
	who: Who
	shifts: list[Shift]
	resources: list[Resource]
	operators: list[Shift]
	keeps_rules: Rule | None
	reach: int
	not_before: int
	first: datetime.date
	last: datetime.date

	def taken(self, shifts: list[Shift], starts: Collection[int] = ()) -> claims.Taken:
		"""What is taken of the people and things of these shifts. One query, or two (see `claims.busy`).

		`starts`: only what matters to treatments that begin then.
		"""
		people = {*(s.practitioner for s in shifts), *(s.practitioner for s in self.operators)}
		things = of_use(self.resources, shifts, self.kinds)
		keys = [*map(practitioner_key, sorted(people)), *(resource_key(r.name) for r in things)]
		if self.who.name:
			keys.append(patient_key(self.who.name))
		begin, end = min(s.start for s in shifts), max(s.end for s in shifts)
		return claims.busy(keys, begin - self.reach, end + self.reach, around=self._around(starts))

	def _around(self, starts: Collection[int]) -> list[tuple[int, int]]:
		"""The spans of time of treatments that begin at these minutes, those close to each other as one."""
		longest = max(need.duration for need in self.needs.values()) + self.reach
		spans: list[tuple[int, int]] = []
		for start in sorted(starts):
			if spans and start - spans[-1][1] <= longest:
				spans[-1] = spans[-1][0], start + longest
			else:
				spans.append((start - self.reach, start + longest))
		return spans

	@property
	def kinds(self) -> set[str]:
		"""The kinds of rooms and devices it takes."""
		return {
			stage.resource_kind for need in self.needs.values() for _at, stage, *_r in need.laid_out()
		} - {""}

	def free(
		self, shifts: list[Shift], taken: Busy, limit: int | None = None, wanted: Rule | None = None
	) -> list[Slot]:
		"""The free times of these shifts. `wanted`: only such starts of such practitioners are laid out."""
		begin, end = self.within
		return free(
			shifts,
			self.needs,
			taken,
			self.resources,
			who=self.who,
			now=begin,
			until=end,
			step=self.step,
			limit=limit,
			operators=self.operators,
			wanted=wanted,
		)

	def possible(self, start: int, end: int, grid: int | None, duration: int) -> frozenset[int]:
		"""The starts of a treatment on the grid of such a shift while nothing is taken."""
		shift, need = Shift("", "", start, end, grid=grid), Need(duration)
		begin, until = self.within
		found = free([shift], {"": need}, {}, now=begin, until=until, step=self.step)
		return frozenset(slot.start for slot in found)

	@property
	def step(self) -> int:
		"""Minutes between the starts of a fixed grid."""
		return settings.get("slot_step_minutes") or 15

	def next_numbers(self, shifts: list[Shift], taken: Busy) -> list[Slot]:
		"""The next number of each queue among these shifts (G03)."""
		return offering.next_numbers(shifts, self.needs, taken, self.who, self.within)

	def find(self, shifts: list[Shift], limit: int | None = None) -> list[Slot]:
		"""All that is free in these shifts, the next numbers of queues as well, in order."""
		if not shifts:
			return []
		taken = self.taken(shifts)
		numbers = self.next_numbers(shifts, taken)
		if rule := self.keeps_rules:
			numbers = [slot for slot in numbers if rule(slot.start, slot.practitioner)]
		return sorted({*self.free(shifts, taken, limit, self.keeps_rules), *numbers})[:limit]

	def on(self, day: datetime.date) -> list[Slot]:
		"""All that is free on one of the days asked for."""
		alone = replace(self, first=day, last=day)
		begin, end = alone.within
		return alone.find([shift for shift in self.shifts if shift.start < end and shift.end > begin])

	@property
	def within(self) -> tuple[int, int]:
		"""The minutes that are asked for."""
		return max(self.not_before, _midnight(self.first)), _midnight(self.last) + MINUTES_OF_DAY

	def row(self, slot: Slot) -> dict[str, object]:
		"""A free time as it is answered: see `availability.find_slots`."""
		return {
			"start": str(moment_of(slot.start)),
			"end": str(moment_of(slot.end)),
			"practitioner": slot.practitioner,
			"practitioner_name": self.offers[slot.practitioner].practitioner_name,
			"branch": slot.branch,
			"resources": list(slot.resources),
			**({"operators": list(slot.operators)} if slot.operators else {}),
			**({"queue_no": slot.queue_no} if slot.queue_no else {}),
			**({"seats_left": slot.seats_left} if slot.seats_left else {}),
		}


def prepare(
	service: str,
	first: datetime.date,
	last: datetime.date,
	not_before: datetime.datetime,
	who: Who,
	practitioners: Collection[str] | None = None,
	branch: str | None = None,
	branches: Collection[str] | None = None,
	area: str | None = None,
) -> Search | None:
	"""What there is to search; None where nothing can be found.

	`practitioners`: only of these, unless None. `branches`: only in these, unless None. Raises
	frappe.DoesNotExistError for an unknown service.
	"""
	wanted = records.service(service, area)
	if practitioners is not None and not practitioners:
		return None
	last = min(last, getdate(add_days(getdate(), settings.get("booking_horizon_days") or 180)))
	people = None if practitioners is None else sorted(practitioners)
	offers = {o.practitioner: o for o in records.offers(service, people) if o.is_active and o.offered}
	if who.is_first_visit and (earliest := door.first_visit_from()):
		not_before = max(not_before, earliest)
	helpers = records.operators_for(wanted)
	hours = roster.shifts({*offers, *helpers}, max(first, getdate(not_before)), last, branch)
	if branches is not None:
		hours = [shift for shift in hours if shift.branch in branches]
	shifts = [shift for shift in hours if shift.practitioner in offers]
	if wanted.status != "Active" or not shifts:
		return None
	needs = {
		name: records.need_of(wanted, offer, is_first_visit=who.is_first_visit)
		for name, offer in offers.items()
	}
	return Search(
		offers=offers,
		needs=needs,
		who=who,
		shifts=shifts,
		resources=of_use(records.resources(branch), shifts, wanted.resource_kinds),
		operators=[shift for shift in hours if shift.practitioner in helpers],
		keeps_rules=_keeper(offers),
		reach=wanted.before + wanted.after,
		not_before=minute_of(not_before),
		first=first,
		last=last,
	)


def days(from_date: datetime.date | str, to_date: datetime.date | str) -> tuple[datetime.date, datetime.date]:
	"""The range that is asked for. Raises InvalidInputError where it is reversed or longer than 92 days."""
	first, last = getdate(from_date), getdate(to_date)
	if last < first:
		refuse_input(_("To date"), _("It lies before the first day."))
	if (last - first).days > MAX_DAYS:
		refuse_input(_("To date"), _("Please ask for at most {0} days at once.").format(MAX_DAYS))
	return first, last


def who_is(patient: str | None, gender: str | None = None) -> Who:
	"""For whom it is; `gender` of somebody who is not named. Raises frappe.DoesNotExistError."""
	if not patient:
		return Who() if gender is None else Who(None, gender)
	row = rows.one("Clinic Patient", patient, ("name", "gender", "first_visit_on"))
	if not row:
		frappe.throw(_("Patient {0} not found").format(patient), frappe.DoesNotExistError)
	return Who(row.name, row.gender or "", is_first_visit=not returning.is_returning(row.first_visit_on))


def of_use(resources: Iterable[Resource], shifts: list[Shift], kinds: Collection[str]) -> list[Resource]:
	"""The rooms of the shifts, and what the service needs in their branches: only their claims count."""
	rooms, branches = {s.resource for s in shifts}, {s.branch for s in shifts}
	return [r for r in resources if r.name in rooms or (r.kind in kinds and r.branch in branches)]


def _midnight(day: datetime.date) -> int:
	return minute_of(datetime.datetime.combine(day, datetime.time()))


def _keeper(offers: dict[str, records.Offer]) -> Rule | None:
	"""Whether a time keeps the practitioner's own notice and horizon; None when nobody has such rules."""
	if not any(offer.rules.notice_hours or offer.rules.horizon_days for offer in offers.values()):
		return None
	now, desk = minute_of(now_datetime()), practitioner_rules.at_the_desk()
	return lambda start, name: offers[name].rules.allows(start, now, at_the_desk=desk)
