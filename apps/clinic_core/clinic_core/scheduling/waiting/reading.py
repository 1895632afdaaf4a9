"""Reads wishes and the free starts beside freed times, in a constant number of queries (F08)."""

import datetime
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import frappe
from frappe.utils import get_datetime, get_time, getdate, now_datetime

from clinic_core.foundation import settings
from clinic_core.people import states as people_states
from clinic_core.scheduling import claims, records
from clinic_core.scheduling.cells import minute_of, moment_of
from clinic_core.scheduling.own_rules import NO_RULES
from clinic_core.scheduling.slots import (
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
from clinic_core.scheduling.waiting import states
from clinic_core.scheduling.waiting.matching import Freed, Hours, Wish, could_want, window
from clinic_core.scheduling.working_time import MINUTES_OF_DAY, WEEKDAYS
from clinic_core.service_catalog.quoting import offered_areas

ENTRY = "Clinic Waiting List Entry"
OFFER = "Clinic Waiting Offer"
MOST_WISHES = 1000
"""More than a clinic ever has on its list; who came first is looked at first."""

_FIELDS = [
	"name",
	"patient",
	"patient.full_name as full_name",
	"patient.file_no as file_no",
	"patient.mobile as mobile",
	"patient.gender as gender",
	"patient.status as patient_status",
	"service",
	"service.service_name as service_name",
	"area",
	"area_title",
	"from_date",
	"to_date",
	"is_urgent",
	"note",
	"creation",
]
Needs = dict[tuple[str, str], dict[str, Need]]


@dataclass(frozen=True)
class Waiting:
	"""A wish with the row that screens show of it."""

	wish: Wish
	row: dict[str, Any]


def wishes(first: datetime.date, last: datetime.date, *, for_user: bool) -> list[Waiting]:
	"""Who waits for a time on one of these days; `for_user`: only those the user may see. Five queries."""
	rows = (frappe.get_list if for_user else frappe.get_all)(
		ENTRY,
		filters=[
			[ENTRY, "status", "=", states.WAITING],
			[ENTRY, "to_date", ">=", first],
			[ENTRY, "from_date", "<=", last],
		],
		fields=_FIELDS,
		order_by=f"`tab{ENTRY}`.is_urgent desc, `tab{ENTRY}`.creation asc, `tab{ENTRY}`.name asc",
		limit_page_length=MOST_WISHES,
		ignore_ifnull=True,
	)
	rows = [row for row in rows if row.patient_status == people_states.ACTIVE]
	names = [row.name for row in rows]
	if not names:
		return []
	people = _children("Clinic Waiting Practitioner", names, "practitioner")
	places = _children("Clinic Waiting Branch", names, "branch")
	hours = _children("Clinic Waiting Time", names, "weekday", "start", "end")
	passed = _passed(names)
	return [
		Waiting(
			Wish(
				name=row.name,
				patient=row.patient,
				service=row.service,
				area=row.area or "",
				gender=row.gender or "",
				practitioners=frozenset(one.practitioner for one in people[row.name]),
				branches=frozenset(one.branch for one in places[row.name]),
				hours=tuple(_hours(one) for one in hours[row.name]),
				first=_midnight(row.from_date),
				last=_midnight(row.to_date) + MINUTES_OF_DAY,
				is_urgent=bool(row.is_urgent),
				since=row.creation,
				passed=frozenset(passed[row.name]),
			),
			row,
		)
		for row in rows
	]


def _children(doctype: str, parents: list[str], *fields: str) -> dict[str, list[frappe._dict]]:
	found: dict[str, list[frappe._dict]] = defaultdict(list)
	for row in frappe.get_all(
		doctype,
		{"parent": ("in", parents), "parenttype": ENTRY},
		["parent", *fields],
		order_by="parent asc, idx asc",
		limit_page_length=0,
	):
		found[row.parent].append(row)
	return found


def _passed(entries: list[str]) -> dict[str, list[tuple[str, int]]]:
	"""What was offered before and came to nothing is not offered to the same person again."""
	found: dict[str, list[tuple[str, int]]] = defaultdict(list)
	for row in frappe.get_all(
		OFFER,
		{"entry": ("in", entries), "start": (">", now_datetime())},
		["entry", "practitioner", "start"],
		order_by="name asc",
		limit_page_length=0,
	):
		found[row.entry].append((row.practitioner, minute_of(row.start)))
	return found


def _hours(row: frappe._dict) -> Hours:
	start = _of_day(row.start) if row.start is not None else 0
	end = _of_day(row.end) if row.end is not None else 0
	weekday = WEEKDAYS.index(row.weekday) if row.weekday else None
	return Hours(weekday, start, end or MINUTES_OF_DAY)


def _of_day(value: Any) -> int:
	time = get_time(value)
	return time.hour * 60 + time.minute


def _midnight(day: Any) -> int:
	return minute_of(datetime.datetime.combine(getdate(day), datetime.time()))


class FreeStarts:
	"""Asks the slot engine which starts somebody could have at a freed time. At most nine queries."""

	def __init__(self, freed: Sequence[Freed], asked: Iterable[Wish]) -> None:
		close = [wish for wish in asked if any(could_want(wish, one) for one in freed)]
		self.now, self.step = minute_of(now_datetime()), settings.get("slot_step_minutes") or 15
		self.needs = _needs({(w.service, w.area) for w in close}, {one.practitioner for one in freed})
		people = sorted({name for needs in self.needs.values() for name in needs})
		self.shifts: dict[str, list[Shift]] = defaultdict(list)
		self.resources: list[Resource] = []
		self.busy: claims.Busy = {}
		if not people:
			return
		for shift in records.shifts(people, *_days(freed)):
			self.shifts[shift.practitioner].append(shift)
		self.resources = records.resources()
		self.busy = self._taken(freed, people, close)

	def _taken(self, freed: Sequence[Freed], people: list[str], close: list[Wish]) -> claims.Busy:
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
		need = self.needs.get((wish.service, wish.area), {}).get(freed.practitioner)
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
			who=Who(wish.patient, wish.gender),
			now=first,
			until=until,
			step=self.step,
		)


def _days(freed: Sequence[Freed]) -> tuple[datetime.date, datetime.date]:
	first, last = min(one.start for one in freed), max(one.end for one in freed)
	return moment_of(first).date(), moment_of(last).date()


def _needs(services: set[tuple[str, str]], practitioners: set[str]) -> Needs:
	"""What each service or body area needs of each of these practitioners who gives it. Three queries."""
	names = sorted({service for service, _area in services})
	if not names or not practitioners:
		return {}
	known, areas = _services(names), offered_areas.of_services(names)
	found: Needs = defaultdict(dict)
	offers = _offers(names, practitioners)
	for service, area in services:
		if service not in known or (area and area not in areas.get(service, {})):
			continue
		length = areas[service][area].duration if area else 0
		wanted = known[service](length)
		for offer in offers[service]:
			need = records.need_of(wanted, offer)
			if need.duration > 0:
				found[service, area][offer.practitioner] = need
	return found


def _services(names: list[str]) -> dict[str, Callable[[int], records.Service]]:
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
		],
		order_by="name asc",
		limit_page_length=0,
	)
	return {row.name: lambda length, row=row: _service(row, length) for row in rows}


def _service(row: frappe._dict, area_duration: int) -> records.Service:
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


def freed_of(row: frappe._dict) -> Freed:
	"""A row of Clinic Freed Time as the rule reads it."""
	return Freed(
		row.name,
		row.practitioner,
		row.branch or "",
		minute_of(get_datetime(row.start)),
		minute_of(get_datetime(row.end)),
	)
