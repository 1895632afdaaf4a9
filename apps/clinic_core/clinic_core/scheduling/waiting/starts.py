"""Which starts somebody who waits could have at freed times, asked of the slot engine (F08)."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Sequence

import frappe
from frappe.utils import now_datetime

from clinic_core.foundation import settings
from clinic_core.scheduling import claims, records
from clinic_core.scheduling.cells import minute_of, moment_of
from clinic_core.scheduling.own_rules import NO_RULES
from clinic_core.scheduling.slots import (
	OPERATOR,
	Busy,
	Need,
	Resource,
	Shift,
	Slot,
	Stage,
	Who,
	free,
	patient_key,
	practitioner_key,
	resource_key,
)
from clinic_core.scheduling.waiting.matching import Freed, Wish, could_want, window
from clinic_core.service_catalog.quoting import offered_areas

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
		for shift in records.shifts(people | helpers, *_days(freed)):
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
	names = sorted({service for service, _area, _is_first in asked})
	if not names or not practitioners:
		return {}
	known, areas = _services(names), offered_areas.of_services(names)
	stages = _stages([name for name, row in known.items() if row.is_staged])
	found: Needs = defaultdict(dict)
	offers = _offers(names, practitioners)
	for service, area, is_first in asked:
		if service not in known or (area and area not in areas.get(service, {})):
			continue
		length = areas[service][area].duration if area else 0
		wanted = _service(known[service], length, () if area else tuple(stages[service]))
		for offer in offers[service]:
			need = records.need_of(wanted, offer, is_first_visit=is_first)
			if need.duration > 0:
				found[service, area, is_first][offer.practitioner] = need
	return found


def _services(names: list[str]) -> dict[str, frappe._dict]:
	rows = frappe.get_all(
		"Clinic Service",
		{"name": ("in", names), "status": "Active"},
		[
			"name",
			"service_name",
			"duration_minutes",
			"buffer_before_minutes",
			"buffer_after_minutes",
			"booking_method",
			"resource_kind",
			"gender",
			"first_visit_minutes",
			"is_staged",
		],
		order_by="name asc",
		limit_page_length=0,
	)
	return {row.name: row for row in rows}


def _stages(services: list[str]) -> dict[str, list[Stage]]:
	found: dict[str, list[Stage]] = defaultdict(list)
	if not services:
		return found
	rows = frappe.get_all(
		"Clinic Service Stage",
		{"parent": ("in", services), "parenttype": "Clinic Service"},
		["parent", "duration_minutes", "who", "resource_kind", "title"],
		order_by="parent asc, idx asc",
		limit_page_length=0,
	)
	for row in rows:
		found[row.parent].append(
			Stage(int(row.duration_minutes), row.who, row.resource_kind or "", row.title)
		)
	return found


def _service(row: frappe._dict, area_duration: int, stages: tuple[Stage, ...]) -> records.Service:
	return records.Service(
		name=row.name,
		title=row.service_name,
		status="Active",
		duration=int(row.duration_minutes or 0),
		before=int(row.buffer_before_minutes or 0),
		after=int(row.buffer_after_minutes or 0),
		method=row.booking_method or "Fixed",
		resource_kind=row.resource_kind or "",
		gender=row.gender or "Any",
		area_duration=area_duration,
		first_visit_minutes=int(row.first_visit_minutes or 0),
		stages=stages,
	)


def _offers(services: list[str], practitioners: set[str]) -> dict[str, list[records.Offer]]:
	person, row = frappe.qb.DocType("Clinic Practitioner"), frappe.qb.DocType("Clinic Practitioner Service")
	rows = (
		frappe.qb.from_(person)
		.join(row)
		.on((row.parent == person.name) & (row.parenttype == "Clinic Practitioner"))
		.select(
			row.service,
			person.name,
			person.practitioner_name,
			person.branch,
			row.duration_minutes,
			row.gender,
		)
		.where(row.service.isin(services) & person.name.isin(sorted(practitioners)))
		.where(person.is_active == 1)
		.orderby(person.name)
		.run()
	)
	found: dict[str, list[records.Offer]] = defaultdict(list)
	for service, name, title, branch, duration, gender in rows:
		found[service].append(
			records.Offer(name, title, True, branch, 0, True, int(duration or 0), gender or "Any", NO_RULES)
		)
	return found
