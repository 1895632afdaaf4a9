"""Reads masters and schedules into the plain types of the slot engine, one query per question."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import frappe
from frappe.utils import get_time, getdate

from clinic_core.scheduling import exceptions, working_time
from clinic_core.scheduling.cells import minute_of
from clinic_core.scheduling.own_rules import NO_RULES, OwnRules
from clinic_core.scheduling.slots import OPERATOR, Need, Resource, Shift, Stage
from clinic_core.scheduling.working_time import WEEKDAYS
from clinic_core.service_catalog.quoting import offered_areas


@dataclass(frozen=True)
class Service:
	"""What booking has to know of a service; lengths in minutes."""

	name: str
	title: str
	status: str
	duration: int
	before: int
	after: int
	method: str
	resource_kind: str
	gender: str
	area_duration: int = 0
	area_title: str = ""
	prerequisite: str | None = None
	prerequisite_days: int = 0
	first_visit_minutes: int = 0
	stages: tuple[Stage, ...] = ()
	group_size: int = 1

	@property
	def resource_kinds(self) -> frozenset[str]:
		"""The kinds of resources it needs, at one time or another."""
		kinds = [stage.resource_kind for stage in self.stages] or [self.resource_kind]
		return frozenset(kind for kind in kinds if kind)


@dataclass(frozen=True)
class Offer:
	"""A practitioner and whether (and how) he gives a service."""

	practitioner: str
	practitioner_name: str
	is_active: bool
	branch: str | None
	overflow_seats: int
	offered: bool
	duration: int
	gender: str
	rules: OwnRules = NO_RULES


def service(name: str, area: str | None = None) -> Service:
	"""The service, or one of its body areas (G07) with the length of that.

	Raises frappe.DoesNotExistError, InvalidInputError for an area that is not offered.
	"""
	fields = [
		"name",
		"service_name",
		"status",
		"duration_minutes",
		"buffer_before_minutes",
		"buffer_after_minutes",
		"booking_method",
		"resource_kind",
		"gender",
		"prerequisite_service",
		"prerequisite_valid_days",
		"first_visit_minutes",
		"is_staged",
		"group_size",
	]
	row = frappe.db.get_value("Clinic Service", name, fields, as_dict=True)
	if not row:
		frappe.throw(frappe._("Service {0} not found").format(name), frappe.DoesNotExistError)
	chosen = offered_areas.choose(row.name, area) if area else None
	return Service(
		row.name,
		row.service_name,
		row.status,
		int(row.duration_minutes or 0),
		int(row.buffer_before_minutes or 0),
		int(row.buffer_after_minutes or 0),
		row.booking_method or "Fixed",
		row.resource_kind or "",
		row.gender or "Any",
		chosen.duration if chosen else 0,
		chosen.title if chosen else "",
		row.prerequisite_service or None,
		int(row.prerequisite_valid_days or 0),
		int(row.first_visit_minutes or 0),
		_stages(row.name) if row.is_staged and not area else (),
		int(row.group_size or 1),
	)


def is_staged(service_name: str | None) -> bool:
	"""Whether the service is given in stages; asked of the cache. What does not exist is refused later."""
	try:
		return bool(service_name and frappe.get_cached_doc("Clinic Service", service_name).is_staged)
	except frappe.DoesNotExistError:
		frappe.clear_last_message()
		return False


def _stages(service_name: str) -> tuple[Stage, ...]:
	rows = frappe.get_all(
		"Clinic Service Stage",
		filters={"parent": service_name, "parenttype": "Clinic Service"},
		fields=["duration_minutes", "who", "resource_kind", "title"],
		order_by="idx asc",
	)
	return tuple(Stage(int(r.duration_minutes), r.who, r.resource_kind or "", r.title) for r in rows)


def offers(service_name: str, practitioners: Sequence[str] | None = None) -> list[Offer]:
	"""Who gives the service; with `practitioners` these, whether they give it or not."""
	person = frappe.qb.DocType("Clinic Practitioner")
	row = frappe.qb.DocType("Clinic Practitioner Service")
	joined = (row.parent == person.name) & (row.parenttype == "Clinic Practitioner")
	query = (
		frappe.qb.from_(person)
		.left_join(row)
		.on(joined & (row.service == service_name))
		.select(
			person.name,
			person.practitioner_name,
			person.is_active,
			person.branch,
			person.overflow_seats,
			row.name,
			row.duration_minutes,
			row.gender,
			person.min_notice_hours,
			person.horizon_days,
			person.max_per_day,
			person.accepts_new_patients,
		)
		.orderby(person.name)
	)
	if practitioners is None:
		query = query.where(row.name.isnotnull() & (person.is_active == 1))
	else:
		query = query.where(person.name.isin(list(practitioners)))
	return [
		Offer(
			name,
			title,
			bool(active),
			branch,
			int(seats or 0),
			bool(offered),
			int(duration or 0),
			gender or "Any",
			OwnRules(int(notice or 0), int(horizon or 0), int(most or 0), bool(new)),
		)
		for (
			name,
			title,
			active,
			branch,
			seats,
			offered,
			duration,
			gender,
			notice,
			horizon,
			most,
			new,
		) in query.run()
	]


def need_of(wanted: Service, offer: Offer, *, is_first_visit: bool = False) -> Need:
	"""What the service needs when this practitioner gives it.

	Stages are as long as they are; else a body area's own length goes first, then that of a first visit (F10),
	then the practitioner's. A group (F13) has one length for all.
	"""
	first = wanted.first_visit_minutes if is_first_visit and wanted.group_size < 2 else 0
	staged = sum(stage.duration for stage in wanted.stages)
	return Need(
		duration=staged or wanted.area_duration or first or offer.duration or wanted.duration,
		before=wanted.before,
		after=wanted.after,
		genders=(wanted.gender, offer.gender),
		method=wanted.method,
		resource_kind=wanted.resource_kind,
		stages=wanted.stages,
		service=wanted.name,
		seats=wanted.group_size,
	)


def shifts(
	practitioners: Iterable[str],
	first: datetime.date,
	last: datetime.date,
	branch: str | None = None,
	besides: str | None = None,
) -> list[Shift]:
	"""When the practitioners work on the days from `first` to `last`, both included.

	The weekly hours, less holidays, closures and leaves, and with the extra shifts (C086). A night
	shift of the day before belongs to them as long as it reaches into `first`. Three queries.
	"""
	return hours(practitioners, first, last, branch, besides).worked


@dataclass
class Hours:
	"""Who works when, and why somebody does not: `planned` is before anything was taken away."""

	worked: list[Shift]
	planned: list[Shift]
	found: exceptions.Exceptions


def hours(
	practitioners: Iterable[str],
	first: datetime.date,
	last: datetime.date,
	branch: str | None = None,
	besides: str | None = None,
) -> Hours:
	"""`shifts`, and what they come from. Three queries."""
	names = sorted(set(practitioners))
	if not names or first > last:
		return Hours([], [], exceptions.Exceptions())
	weekly = _weekly(names, first, last, branch)
	found = exceptions.between(names, first, last, branch, besides)
	on_work_days = working_time.without(weekly, found.holidays)
	worked = working_time.without([*on_work_days, *found.extra_shifts], found.absences)
	begin = minute_of(datetime.datetime.combine(first, datetime.time()))
	return Hours([shift for shift in worked if shift.end > begin], weekly, found)


def _weekly(names: list[str], first: datetime.date, last: datetime.date, branch: str | None) -> list[Shift]:
	"""The shifts of the schedules, from the night before `first` on."""
	eve, found = first - datetime.timedelta(days=1), []
	for row in _shift_rows(names, eve, last, branch):
		day = max(eve, getdate(row.valid_from))
		day += datetime.timedelta(days=(WEEKDAYS.index(row.weekday) - day.weekday()) % 7)
		end = min(last, getdate(row.valid_to)) if row.valid_to else last
		while day <= end:
			found.append(_shift_on(day, row))
			day += datetime.timedelta(days=7)
	return found


def _shift_rows(
	names: list[str], first: datetime.date, last: datetime.date, branch: str | None
) -> list[frappe._dict]:
	schedule, row = frappe.qb.DocType("Clinic Schedule"), frappe.qb.DocType("Clinic Schedule Shift")
	query = (
		frappe.qb.from_(schedule)
		.join(row)
		.on((row.parent == schedule.name) & (row.parenttype == "Clinic Schedule"))
		.select(
			schedule.practitioner,
			schedule.valid_from,
			schedule.valid_to,
			row.weekday,
			row.start,
			row.end,
			row.branch,
			row.kind,
			row.gender,
			row.resource,
			row.capacity,
		)
		.where(schedule.practitioner.isin(names) & (schedule.is_active == 1))
		.where(schedule.valid_from <= last)
		.where(schedule.valid_to.isnull() | (schedule.valid_to >= first))
	)
	if branch:
		query = query.where(row.branch == branch)
	return query.run(as_dict=True)


def _shift_on(day: datetime.date, row: frappe._dict) -> Shift:
	start = minute_of(datetime.datetime.combine(day, get_time(row.start)))
	return Shift(
		practitioner=row.practitioner,
		branch=row.branch,
		start=start,
		end=start + working_time.length(get_time(row.start), get_time(row.end)),
		kind=row.kind or "Fixed",
		gender=row.gender or "Any",
		resource=row.resource or None,
		capacity=int(row.capacity or 0),
	)


def operators_for(wanted: Service) -> list[str]:
	"""Who may give stages of this service beside who is booked (F06); no query unless it has such stages."""
	return operators() if any(stage.who == OPERATOR for stage in wanted.stages) else []


def operators() -> list[str]:
	"""Who gives stages of other people's treatments, in order."""
	return frappe.get_all(
		"Clinic Practitioner",
		filters={"kind": "Operator", "is_active": 1},
		pluck="name",
		order_by="name asc",
	)


def resources(branch: str | None = None) -> list[Resource]:
	"""Rooms, chairs and devices, of one branch or of all."""
	rows = frappe.get_all(
		"Clinic Resource",
		filters={"branch": branch} if branch else {},
		fields=["name", "kind", "branch", "capacity", "gender", "status"],
		order_by="name asc",
	)
	return [
		Resource(r.name, r.kind, r.branch, int(r.capacity or 1), r.gender or "Any", r.status == "Active")
		for r in rows
	]
