"""A class of the demo clinic: eight places at once, some of them taken in the coming days (F13)."""

import datetime
import random
from collections.abc import Iterator
from typing import Any

import frappe

from clinic_core.demo.roster import EVEN, ODD
from clinic_core.demo.world import SEED, World
from clinic_core.foundation.jalali import jalali_month
from clinic_core.scheduling.cells import cover, minute_of
from clinic_core.scheduling.slot_types import Together
from clinic_core.scheduling.slots import patient_key, practitioner_key

TRAINER, CLASS = "TR-01", "YOGA"
PLACES, MINUTES, BEGINS, DAYS = 8, 60, ("11:00:00", "18:00:00"), 10
# How many come to each start, in turn: one is full, one has still to fill.
TAKEN = (5, 3, 8, 4, 6, 2, 7)


def build(world: World) -> None:
	"""The service, who gives it, and who has a place in each start that is still to come."""
	_masters(world)
	# Not from the common source: what is drawn after this stays as it is.
	rng = random.Random(SEED + 13)
	held = {(row["resource_key"], row["cell"]) for row in world.rows("Clinic Time Claim")}
	held |= world.shared["held"]
	starts = list(_starts(world))
	for number, start in enumerate(starts):
		_fill(world, rng, held, start, TAKEN[number % len(TAKEN)])
	world.say(f"{len(starts)} starts of a class")


def _masters(world: World) -> None:
	branch = world.shared["branches"][0]
	world.master(
		"Clinic Service",
		CLASS,
		service_name=world.text(("یوگای درمانی گروهی", "Therapeutic yoga class")),
		department="BODY",
		amount=2_200_000,
		duration_minutes=MINUTES,
		group_size=PLACES,
	)
	world.master(
		"Clinic Practitioner",
		TRAINER,
		practitioner_name=world.text(("مهسا نیک‌پی", "Mahsa Nikpay")),
		kind="Operator",
		department="BODY",
		gender="Female",
		branch=branch,
		legal_entity=world.shared["legal_entity"],
		colour="#FD7E14",
		services=[{"service": CLASS}],
	)
	if not world.has("Clinic Schedule", practitioner=TRAINER):
		world.document(
			"Clinic Schedule",
			practitioner=TRAINER,
			valid_from=world.today - datetime.timedelta(days=30),
			shifts=[
				{"weekday": day, "start": start, "end": end, "branch": branch, "kind": "Fixed"}
				for start, end in (("10:00:00", "13:00:00"), ("17:00:00", "20:00:00"))
				for day in (*EVEN, *ODD)
			],
		)


def _starts(world: World) -> Iterator[datetime.datetime]:
	closed = set(frappe.get_all("Clinic Holiday", {"is_closed": 1}, pluck="date", order_by="date asc"))
	for offset in range(DAYS):
		day = world.today + datetime.timedelta(days=offset)
		clock = BEGINS[1] if day.strftime("%A") in EVEN else BEGINS[0]
		start = datetime.datetime.combine(day, datetime.time.fromisoformat(clock))
		if day.strftime("%A") in (*EVEN, *ODD) and day not in closed and start > world.now:
			yield start


def _fill(world: World, rng: random.Random, held: set, start: datetime.datetime, count: int) -> None:
	cells = cover(minute_of(start), minute_of(start) + MINUTES)
	if any((practitioner_key(TRAINER), cell) in held for cell in cells):
		return
	day = {row["patient"] for row in world.rows("Clinic Appointment") if row["start"].date() == start.date()}
	free = [
		person
		for person in world.shared["patients"]
		if person["name"] not in day
		and person["creation"].date() < world.today
		and not any((patient_key(person["name"]), cell) in held for cell in cells)
	]
	for seat, patient in enumerate(rng.sample(free, count)):
		_place(world, rng, start, seat, patient)


def _place(
	world: World, rng: random.Random, start: datetime.datetime, seat: int, patient: dict[str, Any]
) -> None:
	status = "Confirmed" if rng.random() < 0.4 else "Booked"
	booked = world.now - datetime.timedelta(days=rng.randrange(1, 9), minutes=rng.randrange(600))
	row = world.add(
		"Clinic Appointment",
		booked,
		world.user("reception"),
		patient=patient["name"],
		patient_name=patient["full_name"],
		service=CLASS,
		practitioner=TRAINER,
		branch=world.shared["branches"][0],
		start=start,
		end=start + datetime.timedelta(minutes=MINUTES),
		duration_minutes=MINUTES,
		group_size=PLACES,
		status=status,
		confirmed_at=world.now - datetime.timedelta(hours=rng.randrange(1, 20))
		if status == "Confirmed"
		else None,
		booked_by=world.user("reception"),
		booked_through="Reception",
		tracking_code=rng.randbytes(6).hex(),
		jalali_month=jalali_month(start.date()),
	)
	world.add_child(
		"Clinic Appointment Step",
		row,
		"Clinic Appointment",
		"steps",
		service=CLASS,
		practitioner=TRAINER,
		offset_minutes=0,
		duration_minutes=MINUTES,
	)
	group = Together(CLASS, minute_of(start)).key
	for cell in cover(minute_of(start), minute_of(row["end"])):
		for key, number, shared in (
			(practitioner_key(TRAINER), seat, group),
			(patient_key(patient["name"]), 0, None),
		):
			values = {"resource_key": key, "cell": cell, "seat": number, "group_key": shared}
			world.add("Clinic Time Claim", booked, row["owner"], appointment=row["name"], **values)
