"""Reads masters into the plain types of the slot engine, one query per question; `roster` reads who works when."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import frappe

from clinic_core.foundation import cached, rows
from clinic_core.scheduling.own_rules import NO_RULES, OwnRules
from clinic_core.scheduling.slots import OPERATOR, Need, Resource, Stage
from clinic_core.service_catalog.quoting import offered_areas

SERVICE_FIELDS = (
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
)


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
	row = rows.one("Clinic Service", name, SERVICE_FIELDS)
	if not row:
		frappe.throw(frappe._("Service {0} not found").format(name), frappe.DoesNotExistError)
	chosen = offered_areas.choose(row.name, area) if area else None
	return service_of(row, chosen, _stages(row.name) if row.is_staged and not area else ())


def service_of(row: Any, area: Any, stages: Sequence[Stage]) -> Service:
	"""A row of SERVICE_FIELDS as booking knows it; `area`: the body area that is chosen, None without one."""
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
		area.duration if area else 0,
		area.title if area else "",
		row.prerequisite_service or None,
		int(row.prerequisite_valid_days or 0),
		int(row.first_visit_minutes or 0),
		tuple(stages),
		int(row.group_size or 1),
	)


def is_staged(service_name: str | None) -> bool:
	"""Whether the service is given in stages; asked of the cache. What does not exist is refused later."""
	service = cached.find("Clinic Service", service_name)
	return bool(service and service.is_staged)


def _stages(service_name: str) -> list[Stage]:
	return stages_of([service_name]).get(service_name, [])


def stages_of(services: Sequence[str]) -> dict[str, list[Stage]]:
	"""The stages of these services in order (F06). One query."""
	laid_down = frappe.get_all(
		"Clinic Service Stage",
		{"parent": ("in", list(services)), "parenttype": "Clinic Service"},
		["parent", "duration_minutes", "who", "resource_kind", "title"],
		order_by="parent asc, idx asc",
		limit_page_length=0,
	)
	found: dict[str, list[Stage]] = {}
	for row in laid_down:
		stage = Stage(int(row.duration_minutes), row.who, row.resource_kind or "", row.title)
		found.setdefault(row.parent, []).append(stage)
	return found


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
	found = frappe.get_all(
		"Clinic Resource",
		filters={"branch": branch} if branch else {},
		fields=["name", "kind", "branch", "capacity", "gender", "status"],
		order_by="name asc",
	)
	return [
		Resource(r.name, r.kind, r.branch, int(r.capacity or 1), r.gender or "Any", r.status == "Active")
		for r in found
	]
