"""Leads in every state, with the activities, calls and history that brought them there."""

import datetime
from typing import Any

from clinic_core.demo import names
from clinic_core.demo.world import PAST_DAYS, Row, World
from clinic_core.foundation.jalali import jalali_month
from clinic_core.people import search_keys

from clinic_crm.demo import history
from clinic_crm.pipeline.states import CLOSED, IN_PROGRESS, NEW, OPPORTUNITY, STAGNANT

FROM_APPOINTMENTS = 70
OPEN_CONTACTS = [(NEW, 26), (IN_PROGRESS, 44), (STAGNANT, 24)]
REASONS = [
	("قیمت برایش بالا بود", "Too expensive for them"),
	("مرکز دیگری را انتخاب کرد", "Chose another centre"),
	("پاسخ نمی‌دهد", "Does not answer any more"),
	("فعلاً منصرف شد", "Put it off"),
]
WISHES = [
	("{} می‌خواهد", "Wants {}"),
	("پرسش دربارهٔ قیمت {}", "Asks about the price of {}"),
	("مشاوره برای {}", "Advice on {}"),
]
STATE_OF_APPOINTMENT = {
	"Completed": CLOSED, "Admitted": CLOSED, "Booked": OPPORTUNITY, "Confirmed": OPPORTUNITY,
	"Arrived": OPPORTUNITY, "No Show": IN_PROGRESS, "Cancelled": IN_PROGRESS,
}  # fmt: skip


def build(world: World) -> None:
	"""Buffer leads of patients who booked and of contacts who have not (yet)."""
	count = _with_appointments(world)
	contacts: list[Row] = []
	for status, number in OPEN_CONTACTS:
		for place in range(number):
			contacts.append(_open_lead(world, status, place))
	world.later.append(lambda: _index(contacts))
	world.say(f"{count + len(contacts)} leads")


def _with_appointments(world: World) -> int:
	seen: set[str] = set()
	earliest = world.now - datetime.timedelta(days=PAST_DAYS - 10)
	fitting = [a for a in world.shared["appointments"] if a["creation"] > earliest]
	world.rng.shuffle(fitting)
	for appointment in fitting:
		if len(seen) >= FROM_APPOINTMENTS:
			break
		if appointment["patient"] not in seen:
			seen.add(appointment["patient"])
			_booked_lead(world, appointment)
	return len(seen)


def _booked_lead(world: World, appointment: Row) -> None:
	patient = next(p for p in world.shared["patients"] if p["name"] == appointment["patient"])
	status = STATE_OF_APPOINTMENT[appointment["status"]]
	asked = appointment["creation"] - datetime.timedelta(
		days=world.rng.randrange(1, 5), minutes=world.rng.randrange(300)
	)
	agent = world.user(world.rng.choice(("agent", "consultant", "call")))
	lead = _lead(world, status, asked, agent, appointment["service"], person_type="Patient",
		patient=patient["name"], person_name=patient["full_name"], mobile=patient["mobile"],
		branch=appointment["branch"], appointment=appointment["name"],
		closed_at=appointment["admitted_at"] if status == CLOSED else None)  # fmt: skip
	appointment.update(origin_doctype="Clinic Lead", origin_name=lead["name"], owner=agent, booked_by=agent,
		booked_through="Lead")  # fmt: skip
	if status == CLOSED:
		world.shared.setdefault("closed_leads", {})[appointment["name"]] = lead
	missed = appointment["end"] if status == IN_PROGRESS else None
	history.write(world, lead, booked_at=appointment["creation"], missed_at=missed)


def _open_lead(world: World, status: str, place: int) -> Row:
	"""One lead of a contact; returns the contact. Some of the new ones came today."""
	days = 0 if status == NEW and place < 7 else world.rng.randrange(0, 6 if status == NEW else 70)
	morning = datetime.datetime.combine(world.today, datetime.time(8, 30))
	asked = morning - datetime.timedelta(days=days, minutes=-world.rng.randrange(500))
	if asked > world.now:  # a clinic that is installed at night has its new leads from yesterday
		asked -= datetime.timedelta(days=1)
	contact = _contact(world, asked)
	agent = world.user(world.rng.choice(("agent", "call")))
	service = world.rng.choice(list(world.shared["services"]))
	by_form = world.rng.random() < 0.4
	lead = _lead(world, status, asked, None if by_form and status == NEW else agent, service,
		person_type="Contact", contact=contact["name"], person_name=contact["full_name"],
		mobile=contact["mobile"], branch=contact["branch"],
		reason=world.text(world.rng.choice(REASONS)) if status == STAGNANT else None,
		lead_form=world.shared["lead_form"] if by_form else None)  # fmt: skip
	if by_form:
		_submission(world, lead, contact, asked)
	history.write(world, lead)
	return contact


def _contact(world: World, at: datetime.datetime) -> Row:
	given = world.rng.choice(names.FEMALE + names.MALE)
	first, last = world.text(given), world.text(world.rng.choice(names.FAMILY))
	return world.add(
		"Clinic Contact", at, world.user("agent"), first_name=first, last_name=last,
		full_name=f"{first} {last}", mobile=names.mobile(world.rng), branch=world.shared["branches"][0],
		city=world.text(names.CITIES[0]), channel=world.rng.choice(world.shared["channels"]),
	)  # fmt: skip


def _lead(
	world: World, status: str, at: datetime.datetime, agent: str | None, service: str, **fields: Any
) -> Row:
	title = world.text(world.rng.choice(WISHES)).format(world.shared["services"][service].service_name)
	blank = {
		"contact": None,
		"patient": None,
		"appointment": None,
		"closed_at": None,
		"reason": None,
		"lead_form": None,
	}
	lead = world.add(
		"Clinic Lead", at, agent, title=title, status=status, assigned_to=agent, team=world.shared["team"],
		priority=world.rng.choices(("Low", "Normal", "Important"), weights=(1, 5, 2))[0],
		channel=world.rng.choice(world.shared["channels"]), jalali_month=jalali_month(at.date()),
		first_activity_at=None, feedback=None, **{**blank, **fields},
	)  # fmt: skip
	world.add_child("Clinic Lead Service", lead, "Clinic Lead", "services", service=service)
	return lead


def _submission(world: World, lead: Row, contact: Row, at: datetime.datetime) -> None:
	world.add(
		"Clinic Lead Submission", at, "Guest", lead_form=lead["lead_form"], person_name=contact["full_name"],
		first_name=contact["first_name"], last_name=contact["last_name"], mobile=contact["mobile"],
		description=lead["title"], lead=lead["name"], contact=contact["name"], status="Accepted",
		ip_address=f"10.20.{world.rng.randrange(256)}.{world.rng.randrange(256)}",
	)  # fmt: skip


def _index(contacts: list[Row]) -> None:
	"""Make the contacts findable."""
	for row in contacts:
		search_keys.refresh("Clinic Contact", row["name"], names=[row["full_name"]], phones=[row["mobile"]])
