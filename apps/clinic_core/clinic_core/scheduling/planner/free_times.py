"""Reads the calendar of a session plan: at most a dozen queries, however many people, days and sessions.

Unlike the search for one appointment it leaves out what the plan itself holds, since that is moved, and
it reads to the end of the plan at once.
"""

import datetime
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

import frappe
from frappe.query_builder.functions import Count, Date
from frappe.utils import now_datetime

from clinic_core.foundation import settings
from clinic_core.scheduling import claims, exceptions, practitioner_rules, records, roster, states
from clinic_core.scheduling.cells import minute_of, moment_of
from clinic_core.scheduling.planner.solver import MINUTES_OF_DAY, day_of
from clinic_core.scheduling.slots import (
	OPERATOR,
	Shift,
	Slot,
	Who,
	free,
	patient_key,
	practitioner_key,
	resource_key,
)

APPOINTMENT = "Clinic Appointment"
_EPOCH = datetime.date(1970, 1, 1)


@dataclass(frozen=True)
class Question:
	"""Whose times for what. `practitioners` empty: everybody who gives the service; `branches` None: any."""

	patient: str
	gender: str
	service: str
	area: str | None
	first: int
	last: int
	practitioners: tuple[str, ...] = ()
	branches: tuple[str, ...] | None = None
	moved: tuple[str, ...] = ()
	is_first_visit: bool = False


@dataclass
class Calendar:
	"""Free times in order, who works when, and the names of the people."""

	slots: list[Slot] = field(default_factory=list)
	shifts: list[Shift] = field(default_factory=list)
	names: dict[str, str] = field(default_factory=dict)

	def of(self, practitioners: Sequence[str]) -> list[Slot]:
		"""The free times of these; of everybody if none is named."""
		return [s for s in self.slots if not practitioners or s.practitioner in practitioners]


def number_of(day: datetime.date) -> int:
	"""Days since 1970-01-01."""
	return (day - _EPOCH).days


def date_of(day: int) -> datetime.date:
	"""The date of such a number."""
	return _EPOCH + datetime.timedelta(days=day)


def read(asked: Question) -> Calendar:
	"""The free times of the question's days."""
	wanted = records.service(asked.service, asked.area)
	offers = {
		offer.practitioner: offer
		for offer in records.offers(asked.service, asked.practitioners or None)
		if offer.is_active and offer.offered
	}
	found = Calendar(names={name: offer.practitioner_name for name, offer in offers.items()})
	if wanted.status != "Active" or not offers or asked.last < asked.first:
		return found
	# Stages of a treatment may be given by others than who is booked (F06).
	helpers = records.operators() if any(stage.who == OPERATOR for stage in wanted.stages) else []
	hours = roster.shifts({*offers, *helpers}, date_of(asked.first), date_of(asked.last))
	hours = [s for s in hours if asked.branches is None or s.branch in asked.branches]
	found.shifts = [s for s in hours if s.practitioner in offers]
	if not found.shifts:
		return found
	resources = [r for r in records.resources() if r.branch in {s.branch for s in found.shifts}]
	keys = [*map(practitioner_key, {*offers, *helpers}), *(resource_key(r.name) for r in resources)]
	reach = wanted.before + wanted.after
	taken = claims.busy(
		[*keys, patient_key(asked.patient)],
		found.shifts[0].start - reach,
		max(shift.end for shift in found.shifts) + reach,
		ignore=asked.moved,
	)
	times = free(
		found.shifts,
		{
			name: records.need_of(wanted, offer, is_first_visit=asked.is_first_visit)
			for name, offer in offers.items()
		},
		taken,
		resources,
		who=Who(asked.patient, asked.gender, is_first_visit=asked.is_first_visit),
		now=max(minute_of(now_datetime()), asked.first * MINUTES_OF_DAY),
		until=(asked.last + 1) * MINUTES_OF_DAY,
		step=settings.get("slot_step_minutes") or 15,
		operators=[s for s in hours if s.practitioner in helpers],
	)
	found.slots = list(filter(_keeper(asked, offers), times)) if _has_rules(offers) else times
	return found


def _has_rules(offers: dict[str, records.Offer]) -> bool:
	return any(
		o.rules.notice_hours or o.rules.horizon_days or o.rules.most_a_day or not o.rules.takes_new
		for o in offers.values()
	)


def _keeper(asked: Question, offers: dict[str, records.Offer]) -> Callable[[Slot], bool]:
	"""Whether a time keeps the practitioner's own rules, as the door will ask."""
	now, desk = minute_of(now_datetime()), practitioner_rules.at_the_desk()
	strangers = _strangers(asked, offers)
	counted = _a_day(asked, [name for name, offer in offers.items() if offer.rules.most_a_day])

	def keeps(slot: Slot) -> bool:
		rules = offers[slot.practitioner].rules
		if slot.practitioner in strangers or not rules.allows(slot.start, now, at_the_desk=desk):
			return False
		return not rules.most_a_day or counted[slot.practitioner, day_of(slot)] < rules.most_a_day

	return keeps


def _strangers(asked: Question, offers: dict[str, records.Offer]) -> set[str]:
	"""Those who take no new patients and do not know this one."""
	closed = {name for name, offer in offers.items() if not offer.rules.takes_new}
	if not closed or practitioner_rules.may_make_exceptions():
		return set()
	known = frappe.get_all(
		APPOINTMENT,
		{
			"patient": asked.patient,
			"practitioner": ("in", sorted(closed)),
			"status": ("not in", [states.CANCELLED, states.HELD]),
		},
		pluck="practitioner",
		distinct=True,
		order_by="practitioner asc",
	)
	return closed - set(known)


def _a_day(asked: Question, practitioners: list[str]) -> Counter[tuple[str, int]]:
	"""Appointments a day of those who see so many at most; what is moved does not count."""
	if not practitioners:
		return Counter()
	table = frappe.qb.DocType(APPOINTMENT)
	query = (
		frappe.qb.from_(table)
		.select(table.practitioner, Date(table.start), Count("*"))
		.where(table.practitioner.isin(practitioners) & (table.is_squeeze_in == 0))
		.where(table.start[date_of(asked.first) : date_of(asked.last + 1)])
		.where(table.status.isin(sorted(states.OCCUPYING)))
		.groupby(table.practitioner, Date(table.start))
	)
	if asked.moved:
		query = query.where(table.name.notin(list(asked.moved)))
	return Counter({(who, number_of(day)): count for who, day, count in query.run()})


def closed_days(practitioners: Sequence[str], branches: Iterable[str], low: int, high: int) -> dict[int, str]:
	"""Day → what keeps these people from working on it: a holiday, a closure, a leave. Two queries."""
	here, found = {*branches, "", None}, {}
	begin, end = date_of(low), date_of(high + 1)
	for row in frappe.get_all(
		exceptions.HOLIDAY,
		{"is_closed": 1, "date": ("between", [begin, date_of(high)])},
		["date", "title", "branch"],
		order_by="date asc",
	):
		if row.branch in here:
			found.setdefault(number_of(row.date), row.title)
	for row in frappe.get_all(
		exceptions.DOCTYPE,
		{
			"is_active": 1,
			"kind": ("!=", exceptions.EXTRA_SHIFT),
			"start": ("<", end),
			"end": (">", begin),
		},
		["kind", "practitioner", "branch", "reason", "start", "end"],
		order_by="start asc",
	):
		concerned = row.kind == exceptions.CLOSURE or row.practitioner in practitioners
		if concerned and row.branch in here:
			title = row.reason or frappe._(row.kind)
			for day in range(number_of(row.start.date()), number_of(row.end.date()) + 1):
				found.setdefault(day, title)
	return found


def start_of(slot: Slot) -> str:
	"""The start as the endpoints send it."""
	return str(moment_of(slot.start))
