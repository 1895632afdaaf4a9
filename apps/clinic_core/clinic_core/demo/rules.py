"""A doctor who receives by number, a treatment in stages, and rules of cancelling (F06, F11, F18, G03)."""

import datetime
import random
from typing import Any

from clinic_core.demo.roster import EVEN, ODD
from clinic_core.demo.world import World
from clinic_core.foundation.jalali import jalali_month
from clinic_core.scheduling.cells import cover, minute_of, moment_of
from clinic_core.scheduling.queue.numbers import Queue, place_key, queue_key
from clinic_core.scheduling.slots import QUEUE, Shift, patient_key

DOCTOR, VISIT, STAGED = "DR-07", "VISIT-GP", "MESO-NUMB"
NUMBERS, BEGIN, END = 16, "08:00:00", "12:00:00"
GIVEN_TODAY, GIVEN_TOMORROW = 9, 5


def build(world: World) -> None:
	"""Masters and rules, and the numbers of today and tomorrow."""
	_services(world)
	_doctor(world)
	_cancellation_rule(world)
	for days, count in ((0, GIVEN_TODAY), (1, GIVEN_TOMORROW)):
		_queue(world, world.today + datetime.timedelta(days=days), count)
	world.say("a queue, a treatment in stages, a rule of cancelling")


def _services(world: World) -> None:
	world.master(
		"Clinic Service",
		VISIT,
		service_name=world.text(("ویزیت عمومی", "General visit")),
		department="SKIN",
		amount=1_800_000,
		duration_minutes=15,
		has_insurance=1,
		fee_visit_count=2,
		fee_valid_days=10,
	)
	stages = [
		(("بی‌حسی", "Numbing"), 30, "Nobody", "Room"),
		(("مزوتراپی", "Mesotherapy"), 30, "Practitioner", ""),
		(("استراحت و مراقبت", "Rest and care"), 10, "Operator", ""),
	]
	world.master(
		"Clinic Service",
		STAGED,
		service_name=world.text(("مزوتراپی با بی‌حسی", "Mesotherapy with numbing")),
		department="INJECT",
		amount=38_000_000,
		prerequisite_service=VISIT,
		prerequisite_valid_days=60,
		stages=[
			{"title": world.text(title), "duration_minutes": minutes, "who": who, "resource_kind": kind}
			for title, minutes, who, kind in stages
		],
	)


def _doctor(world: World) -> None:
	branch = world.shared["branches"][0]
	world.master(
		"Clinic Practitioner",
		DOCTOR,
		practitioner_name=world.text(("دکتر سعید رستگار", "Dr Saeed Rastegar")),
		kind="Doctor",
		department="SKIN",
		gender="Male",
		branch=branch,
		legal_entity=world.shared["legal_entity"],
		colour="#4C6EF5",
		services=[{"service": VISIT}, {"service": STAGED}],
	)
	if world.has("Clinic Schedule", practitioner=DOCTOR):
		return
	hours = [(BEGIN, END, QUEUE, NUMBERS), ("14:00:00", "18:00:00", "Fixed", 0)]
	world.document(
		"Clinic Schedule",
		practitioner=DOCTOR,
		valid_from=world.today - datetime.timedelta(days=30),
		shifts=[
			{
				"weekday": day,
				"start": start,
				"end": end,
				"branch": branch,
				"kind": kind,
				"capacity": capacity,
			}
			for start, end, kind, capacity in hours
			for day in (*EVEN, *ODD)
		],
	)


def _cancellation_rule(world: World) -> None:
	steps = [("Cancellation", 48, 20), ("Cancellation", 24, 50), ("No Show", 0, 50)]
	world.once(
		"Clinic Cancellation Rule",
		{"service": STAGED, "is_active": 1},
		title=world.text(("لغو دیرهنگام مزوتراپی", "Late cancellation of mesotherapy")),
		note=world.text(("لطفاً تا ۴۸ ساعت قبل خبر بدهید.", "Please let us know up to 48 hours before.")),
		steps=[
			{"event": event, "within_hours": hours, "kind": "Percent of the price", "percent": percent}
			for event, hours, percent in steps
		],
	)


def _queue(world: World, day: datetime.date, count: int) -> None:
	if day.strftime("%A") not in (*EVEN, *ODD):
		return
	begin = minute_of(datetime.datetime.combine(day, datetime.time.fromisoformat(BEGIN)))
	end = minute_of(datetime.datetime.combine(day, datetime.time.fromisoformat(END)))
	queue = Queue(Shift(DOCTOR, world.shared["branches"][0], begin, end, QUEUE, capacity=NUMBERS), 15)
	booked = {row["patient"] for row in world.shared["appointments"] if row["start"].date() == day}
	known = [p for p in world.shared["patients"] if p["name"] not in booked and p["creation"].date() < day]
	# Not from the common source: what is drawn after this stays as it is.
	chosen = random.Random(day.toordinal()).sample(known, min(count, len(known)))
	for number, patient in enumerate(chosen, 1):
		_number(world, queue, number, patient)


def _number(world: World, queue: Queue, number: int, patient: dict[str, Any]) -> None:
	start = moment_of(queue.expected(number))
	status, called = "Booked", None
	if start < world.now and start.date() == world.today:
		status = "Arrived"
		called = start if number <= 2 else None
	row = world.add(
		"Clinic Appointment",
		min(start, world.now) - datetime.timedelta(days=1),
		world.user("reception"),
		patient=patient["name"],
		patient_name=patient["full_name"],
		service=VISIT,
		practitioner=DOCTOR,
		branch=queue.shift.branch,
		start=start,
		end=start + datetime.timedelta(minutes=15),
		duration_minutes=15,
		status=status,
		arrived_at=start if status == "Arrived" else None,
		called_at=called,
		queue_no=number,
		booked_by=world.user("reception"),
		tracking_code=random.Random(f"{start}{number}").randbytes(6).hex(),
		jalali_month=jalali_month(start.date()),
	)
	world.add_child(
		"Clinic Appointment Step",
		row,
		"Clinic Appointment",
		"steps",
		service=VISIT,
		practitioner=DOCTOR,
		offset_minutes=0,
		duration_minutes=15,
	)
	claims = [
		(queue_key(DOCTOR), queue.cell, number - 1),
		(place_key(DOCTOR, patient["name"]), queue.cell, 0),
	]
	claims += [
		(patient_key(patient["name"]), cell, 0) for cell in cover(minute_of(start), minute_of(row["end"]))
	]
	for key, cell, seat in claims:
		values = {"resource_key": key, "cell": cell, "seat": seat, "appointment": row["name"]}
		world.add("Clinic Time Claim", row["creation"], row["owner"], **values)
