"""Which starts somebody who waits could have at freed times, asked of the slot engine (F08)."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Sequence

from frappe.utils import now_datetime

from clinic_core.foundation import settings
from clinic_core.scheduling import claims, many_services, records, roster
from clinic_core.scheduling.cells import minute_of, moment_of
from clinic_core.scheduling.slots import (
	OPERATOR,
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
from clinic_core.scheduling.waiting.matching import Freed, Wish, could_want, window

Asked = tuple[str, str, bool]
"""A service, a body area or "", and whether it is somebody's first visit, which may take longer (F10)."""
Needs = dict[Asked, dict[str, Need]]


class FreeStarts:
	"""Asks the slot engine which starts somebody could have at a freed time. At most eleven queries."""

	def __init__(self, freed: Sequence[Freed], asked: Iterable[Wish]) -> None:
		close = [wish for wish in asked if any(could_want(wish, one) for one in freed)]
		self.now, self.step = minute_of(now_datetime()), settings.get("slot_step_minutes") or 15
		self.needs = _needs({_asked(wish) for wish in close}, {one.practitioner for one in freed})
		people = {name for needs in self.needs.values() for name in needs}
		self.shifts: dict[str, list[Shift]] = defaultdict(list)
		self.operators: list[Shift] = []
		self.resources: list[Resource] = []
		self.busy: Busy = {}
		if not people:
			return
		helpers = set(records.operators()) if self._has_stages_of_operators() else set()
		for shift in roster.shifts(people | helpers, *_days(freed)):
			self.shifts[shift.practitioner].append(shift)
		self.operators = [shift for name in sorted(helpers) for shift in self.shifts[name]]
		self.resources = records.resources()
		self.busy = self._taken(freed, people | helpers, close)

	def _has_stages_of_operators(self) -> bool:
		needs = (need for by_person in self.needs.values() for need in by_person.values())
		return any(stage.who == OPERATOR for need in needs for stage in need.stages)

	def _taken(self, freed: Sequence[Freed], people: set[str], close: list[Wish]) -> Busy:
		keys = [practitioner_key(name) for name in people]
		keys += [resource_key(resource.name) for resource in self.resources]
		keys += [patient_key(wish.patient) for wish in close]
		reach = max(
			need.before + need.after + need.duration for n in self.needs.values() for need in n.values()
		)
		first, last = min(one.start for one in freed) - reach, max(one.end for one in freed) + reach
		return claims.busy(keys, first, last)

	def __call__(self, freed: Freed, wish: Wish) -> list[Slot]:
		"""Free starts of that practitioner whose treatment would use the freed time."""
		need = self.needs.get(_asked(wish), {}).get(freed.practitioner)
		if not need:
			return []
		first, until = window(freed, need.duration, self.now)
		shifts = [
			shift
			for shift in self.shifts[freed.practitioner]
			if shift.start < until + need.duration and first < shift.end
		]
		return free(
			shifts,
			{freed.practitioner: need},
			self.busy,
			self.resources,
			who=Who(wish.patient, wish.gender, wish.is_first_visit),
			now=first,
			until=until,
			step=self.step,
			operators=self.operators,
		)


def _asked(wish: Wish) -> Asked:
	return wish.service, wish.area, wish.is_first_visit


def _days(freed: Sequence[Freed]) -> tuple[datetime.date, datetime.date]:
	first, last = min(one.start for one in freed), max(one.end for one in freed)
	return moment_of(first).date(), moment_of(last).date()


def _needs(asked: set[Asked], practitioners: set[str]) -> Needs:
	"""What each service or body area needs of each of these practitioners who gives it. Four queries."""
	found: Needs = defaultdict(dict)
	if not practitioners:
		return found
	services = many_services.services((service, area) for service, area, _is_first in asked)
	offers = many_services.offers({service for service, _area in services}, practitioners)
	for service, area, is_first in asked:
		wanted = services.get((service, area))
		for offer in offers[service] if wanted else ():
			need = records.need_of(wanted, offer, is_first_visit=is_first)
			if need.duration > 0:
				found[service, area, is_first][offer.practitioner] = need
	return found
