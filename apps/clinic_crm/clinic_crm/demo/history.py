"""What was done for a lead of the demo clinic: activities, calls and the log of its states."""

import datetime

import frappe
from clinic_core.demo.world import Row, World

from clinic_crm.pipeline.states import CLOSED, IN_PROGRESS, NEW, OPPORTUNITY, STAGNANT

TITLES = [
	("تماس اول", "First call"),
	("ارسال قیمت و نمونه‌کار", "Sent prices and pictures"),
	("پیگیری", "Follow-up"),
]
UPCOMING = [
	("پیگیری تصمیم", "Ask for the decision"),
	("تماس برای نوبت", "Call about an appointment"),
	("ارسال تخفیف", "Send the offer"),
]
GOOD, OPEN, BAD = (
	("WILLBOOK", "INTERESTED"),
	("THINKING", "CALLLATER", "NOANSWER"),
	("PRICE", "NOTINTERESTED"),
)


def write(
	world: World,
	lead: Row,
	booked_at: datetime.datetime | None = None,
	missed_at: datetime.datetime | None = None,
) -> None:
	"""Buffer the activities of `lead` and the log that leads to its status.

	`booked_at`: when its appointment was made; `missed_at`: when that was missed or cancelled.
	"""
	moves = [(None, NEW, lead["creation"])]
	if lead["status"] != NEW:
		first = _activities(world, lead, until=booked_at)
		moves.append((NEW, IN_PROGRESS, first))
		if booked_at:
			moves.append((IN_PROGRESS, OPPORTUNITY, max(booked_at, first)))
		if missed_at:
			moves.append((OPPORTUNITY, IN_PROGRESS, min(missed_at, world.now)))
		if lead["status"] == CLOSED:
			moves.append((OPPORTUNITY, CLOSED, lead["closed_at"]))
		if lead["status"] == STAGNANT:
			moves.append((IN_PROGRESS, STAGNANT, min(first + datetime.timedelta(days=3), world.now)))
	if lead["status"] == IN_PROGRESS:
		_plan(world, lead)
	_log(world, lead, moves)


def _activities(world: World, lead: Row, until: datetime.datetime | None) -> datetime.datetime:
	"""One to three done activities; returns the time of the first."""
	limit = min(until or world.now, world.now)
	agent = lead["assigned_to"] or world.user("agent")
	at = first = min(lead["creation"] + datetime.timedelta(minutes=world.rng.randrange(10, 600)), limit)
	for number in range(world.rng.choice((1, 2, 2, 3))):
		pool = GOOD if until else BAD if lead["status"] == STAGNANT else OPEN
		_activity(world, lead, agent, at, TITLES[number], _known("Clinic Feedback", world.rng.choice(pool)))
		at = at + datetime.timedelta(hours=world.rng.randrange(3, 40))
		if at >= limit:
			break
	lead["first_activity_at"] = first
	return first


def _activity(
	world: World, lead: Row, agent: str, at: datetime.datetime, title: tuple[str, str], feedback: str | None
) -> None:
	method = _known(
		"Clinic Contact Method", world.rng.choices(("PHONE", "WHATSAPP", "SMS"), weights=(7, 2, 1))[0]
	)
	activity = world.add(
		"Clinic Activity", at, agent, title=world.text(title), lead=lead["name"], status="Done",
		person_type=lead["person_type"], contact=lead["contact"], patient=lead["patient"],
		person_name=lead["person_name"], date_type="Current Date", date=at.date(), priority=lead["priority"],
		assigned_to=agent, team=lead["team"], contact_method=method, feedback=feedback, done_at=at, done_by=agent,
		call=None,
	)  # fmt: skip
	lead["feedback"] = feedback
	if method == "PHONE" and feedback:
		activity["call"] = _call(world, lead, activity, agent, at)["name"]


def _call(world: World, lead: Row, activity: Row, agent: str, at: datetime.datetime) -> Row:
	seconds = 0 if activity["feedback"] == "NOANSWER" else world.rng.randrange(40, 600)
	return world.add(
		"Clinic Call", at, agent, person_name=lead["person_name"], phone=lead["mobile"], direction="Outgoing",
		channel="Phone", status="Ended" if seconds else "Missed", agent=agent, started_at=at,
		ended_at=at + datetime.timedelta(seconds=seconds), duration_seconds=seconds,
		feedback=activity["feedback"], lead=lead["name"], activity=activity["name"],
		contact=lead["contact"], patient=lead["patient"],
	)  # fmt: skip


def _plan(world: World, lead: Row) -> None:
	"""An upcoming activity; some are overdue, some are due today."""
	due = world.today + datetime.timedelta(days=world.rng.choice((-2, -1, 0, 0, 0, 1, 2, 4)))
	world.add(
		"Clinic Activity", lead["first_activity_at"], lead["assigned_to"], title=world.text(world.rng.choice(UPCOMING)),
		lead=lead["name"], status="Not Done", person_type=lead["person_type"], contact=lead["contact"],
		patient=lead["patient"], person_name=lead["person_name"], date_type="Once", date=due,
		priority=lead["priority"], assigned_to=lead["assigned_to"], team=lead["team"],
		description=lead["title"],
	)  # fmt: skip


def _log(world: World, lead: Row, moves: list[tuple[str | None, str, datetime.datetime]]) -> None:
	before = None
	for old, new, at in moves:
		at = max(at, before or at)
		world.add(
			"Clinic Lead Status Log", at, lead["owner"], lead=lead["name"], from_status=old, to_status=new,
			changed_by=lead["owner"], changed_at=at, reason=lead["reason"] if new == STAGNANT else None,
			seconds_in_status=int((at - before).total_seconds()) if before else 0,
		)  # fmt: skip
		before = at


def _known(doctype: str, code: str) -> str | None:
	"""The seeded master, unless the clinic has deleted it."""
	return code if frappe.get_cached_value(doctype, code, "name") else None
