"""Rows of leads and of how they were followed. Pure."""

import datetime
from collections.abc import Iterator

from tests.bench.data.mixing import mix
from tests.bench.data.pipeline import (
	CLOSED,
	FIRST_TITLES,
	IN_PROGRESS,
	NEW,
	NEXT_TITLES,
	OPPORTUNITY,
	STAGNANT,
	TEAM,
	Lead,
)
from tests.bench.data.rows import CHILD, Row, Table, head, jalali_month

LEAD = "Clinic Lead"
_DAY = datetime.timedelta(days=1)


class Person:
	"""Whom a lead is about, in the form its rows keep it."""

	def __init__(self, world, lead: Lead) -> None:
		self.is_patient = lead.patient is not None
		self.patient = self.contact = None
		if self.is_patient:
			self.patient = f"bp-{lead.patient:07d}"
			self.name = world.people.full_names[lead.patient]
			self.mobile = world.people.mobile(lead.patient)
			self.channel = None
		else:
			contact = world.pipeline.contact(lead.contact)
			self.contact, self.name, self.mobile = contact.name, contact.full_name, contact.mobile
			self.channel = contact.channel
		self.kind = "Patient" if self.is_patient else "Contact"


def closed_at(world, lead: Lead) -> datetime.datetime | None:
	"""When a closed lead was closed: with the visit, or five days after it came."""
	if lead.status != CLOSED:
		return None
	return world.books.get(lead.stay).arrived if lead.stay is not None else lead.created + 5 * _DAY


def appointment_of(world, lead: Lead) -> str | None:
	"""The appointment the lead led to."""
	if lead.appointment is not None:
		return f"ba-{lead.appointment:07d}"
	return world.books.get(lead.stay).appointment.name if lead.stay is not None else None


def leads(world) -> Iterator[Row]:
	"""Clinic Lead."""
	for number in range(world.pipeline.count):
		lead = world.pipeline.get(number)
		person = Person(world, lead)
		yield (
			*head(lead.name, lead.created, lead.agent),
			lead.title,
			lead.status,
			("Normal", "Normal", "Low", "Important")[(lead.figure >> 44) % 4],
			person.kind,
			person.contact,
			person.patient,
			person.name,
			person.mobile,
			person.channel or "FRIEND",
			TEAM,
			lead.agent,
			world.branches[0],
			lead.feedback,
			appointment_of(world, lead),
			lead.reason,
			lead.first_activity,
			closed_at(world, lead),
			f"bv-{lead.stay:07d}" if lead.stay is not None else None,
			jalali_month(lead.created.date()),
		)


def services(world) -> Iterator[Row]:
	"""Clinic Lead Service: what the person asks for."""
	for number in range(world.pipeline.count):
		lead = world.pipeline.get(number)
		place = (lead.name, LEAD, "services", 1)
		yield (*head(f"bg-{number:07d}", lead.created, lead.agent), *place, lead.service)


def activities(world) -> Iterator[Row]:
	"""Clinic Activity: one done for each lead that was followed, one to come if it still is."""
	for number in range(world.pipeline.count):
		lead = world.pipeline.get(number)
		if lead.status == NEW:
			continue
		person = Person(world, lead)
		at, about = lead.first_activity, (lead.name, person.kind, person.contact, person.patient, person.name)
		call = f"bi-{number:07d}" if lead.method == "PHONE" else None
		yield (
			*head(f"bj-{number:07d}-1", at, lead.agent),
			FIRST_TITLES[lead.figure % 3],
			*about,
			"Done",
			"Current Date",
			at.date(),
			lead.agent,
			TEAM,
			lead.method,
			lead.feedback,
			at,
			lead.agent,
			call,
		)
		if lead.status == IN_PROGRESS:
			due = due_on(world, lead)
			plan = (NEXT_TITLES[lead.figure % 3], *about, "Not Done", "Once", due, lead.agent, TEAM)
			yield (*head(f"bj-{number:07d}-2", at, lead.agent), *plan, None, None, None, None, None)


def due_on(world, lead: Lead) -> datetime.date:
	"""When a lead is to be followed next: a few days around the anchor; old ones are long overdue."""
	days = (-3, -2, -1, 0, 0, 1, 2, 4)[(lead.figure >> 20) % 8]
	soon = world.anchor + datetime.timedelta(days=days)
	return max(soon, lead.created.date()) if _is_recent(world, lead) else (lead.created + 7 * _DAY).date()


def _is_recent(world, lead: Lead) -> bool:
	return (world.anchor - lead.created.date()).days <= 60


def calls(world) -> Iterator[Row]:
	"""Clinic Call: of each activity by phone."""
	for number in range(world.pipeline.count):
		lead = world.pipeline.get(number)
		if lead.status == NEW or lead.method != "PHONE":
			continue
		person = Person(world, lead)
		seconds = 0 if lead.feedback == "NOANSWER" else 40 + mix(51, number) % 560
		at = lead.first_activity
		yield (
			*head(f"bi-{number:07d}", at, lead.agent),
			person.name,
			person.mobile,
			"Outgoing",
			"Phone",
			"Ended" if seconds else "Missed",
			lead.agent,
			TEAM,
			at,
			at + datetime.timedelta(seconds=seconds),
			seconds,
			lead.feedback,
			lead.name,
			f"bj-{number:07d}-1",
			person.contact,
			person.patient,
		)


def status_log(world) -> Iterator[Row]:
	"""Clinic Lead Status Log: every state with the time spent before; imported history has its end only."""
	for number in range(world.pipeline.count):
		lead = world.pipeline.get(number)
		before: tuple[str | None, datetime.datetime] = (None, lead.created)
		for step, (status, at) in enumerate(moves(world, lead)):
			at = max(at, before[1])
			seconds = int((at - before[1]).total_seconds()) if before[0] else 0
			reason = lead.reason if status == STAGNANT else None
			move = (lead.name, before[0], status, reason, lead.agent, at, seconds)
			yield (*head(f"bu-{number:07d}-{step}", at, lead.agent), *move)
			before = (status, at)


def moves(world, lead: Lead) -> list[tuple[str, datetime.datetime]]:
	"""The states of a lead with the time it came into them."""
	if lead.is_imported:
		return [(lead.status, lead.created)]
	found = [(NEW, lead.created)]
	if lead.status == NEW:
		return found
	found.append((IN_PROGRESS, lead.first_activity))
	if lead.status in (OPPORTUNITY, CLOSED):
		number = lead.appointment
		if number is None:
			booked = lead.first_activity + datetime.timedelta(hours=2)
		else:
			booked = world.pipeline.booked_at(world.diary.get(number))
		found.append((OPPORTUNITY, booked))
	if lead.status == CLOSED:
		found.append((CLOSED, closed_at(world, lead)))
	if lead.status == STAGNANT:
		found.append((STAGNANT, lead.first_activity + 3 * _DAY))
	return found


TABLES = [
	Table(
		LEAD,
		(
			"title",
			"status",
			"priority",
			"person_type",
			"contact",
			"patient",
			"person_name",
			"mobile",
			"channel",
			"team",
			"assigned_to",
			"branch",
			"feedback",
			"appointment",
			"reason",
			"first_activity_at",
			"closed_at",
			"closing_visit",
			"jalali_month",
		),
		leads,
		lambda world: world.pipeline.count,
	),
	Table("Clinic Lead Service", (*CHILD, "service"), services, lambda world: world.pipeline.count),
	Table(
		"Clinic Activity",
		(
			"title",
			"lead",
			"person_type",
			"contact",
			"patient",
			"person_name",
			"status",
			"date_type",
			"date",
			"assigned_to",
			"team",
			"contact_method",
			"feedback",
			"done_at",
			"done_by",
			"call",
		),
		activities,
		lambda world: world.pipeline.count * 103 // 100,
	),
	Table(
		"Clinic Call",
		(
			"person_name",
			"phone",
			"direction",
			"channel",
			"status",
			"agent",
			"team",
			"started_at",
			"ended_at",
			"duration_seconds",
			"feedback",
			"lead",
			"activity",
			"contact",
			"patient",
		),
		calls,
		lambda world: world.pipeline.count * 6 // 10,
	),
	Table(
		"Clinic Lead Status Log",
		("lead", "from_status", "to_status", "reason", "changed_by", "changed_at", "seconds_in_status"),
		status_log,
		lambda world: world.pipeline.count * 13 // 10,
	),
]
