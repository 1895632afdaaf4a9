"""Reads wishes and the free starts beside freed times, in a constant number of queries (F08)."""

import datetime
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

import frappe
from frappe.utils import get_datetime, get_time, getdate, now_datetime

from clinic_core.people import states as people_states
from clinic_core.people.patient_file import returning
from clinic_core.scheduling.cells import minute_of
from clinic_core.scheduling.waiting import states
from clinic_core.scheduling.waiting.matching import Freed, Hours, Wish
from clinic_core.scheduling.working_time import MINUTES_OF_DAY, WEEKDAYS

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
	"patient.first_visit_on as first_visit_on",
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
				is_first_visit=not returning.is_returning(row.first_visit_on),
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


def freed_of(row: frappe._dict) -> Freed:
	"""A row of Clinic Freed Time as the rule reads it."""
	return Freed(
		row.name,
		row.practitioner,
		row.branch or "",
		minute_of(get_datetime(row.start)),
		minute_of(get_datetime(row.end)),
	)
