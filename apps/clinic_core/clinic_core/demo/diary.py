"""Three months of past and two weeks of coming appointments, following the schedules."""

import datetime
from collections.abc import Iterator
from typing import Any

import frappe

from clinic_core.demo.catalog import AREAS
from clinic_core.demo.world import COMING_DAYS, PAST_DAYS, Row, World
from clinic_core.foundation.jalali import jalali_month
from clinic_core.scheduling.cells import cover, minute_of
from clinic_core.scheduling.slots import patient_key, practitioner_key, resource_key

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
FILL_PAST, FILL_COMING = 0.21, 0.22
LAST_DONE = datetime.time(14, 0)
HOLDING = ("Booked", "Confirmed", "Arrived", "Admitted")
REASONS = [
	("سفر پیش آمد", "Travelling"),
	("بیماری", "Ill"),
	("تغییر برنامهٔ کاری", "Work came up"),
	("انتخاب مرکز دیگر", "Went elsewhere"),
]


def build(world: World) -> None:
	"""Buffer appointments with steps and claims; leave them in `shared["appointments"]`, in order."""
	busy: set[tuple[str, datetime.date]] = set()
	world.shared["held"] = _held_by_others()
	appointments = []
	closed = set(frappe.get_all("Clinic Holiday", {"is_closed": 1}, pluck="date", order_by="date asc"))
	for offset in range(-PAST_DAYS, COMING_DAYS + 1):
		day = world.today + datetime.timedelta(days=offset)
		if day in closed and day != world.today:  # today there is always something to look at
			continue
		for person in world.shared["practitioners"]:
			appointments.extend(_day(world, person, day, busy))
	appointments.sort(key=lambda row: (row["start"], row["name"]))
	world.shared["appointments"] = appointments
	world.say(f"{len(appointments)} appointments")


def _held_by_others() -> set[tuple[str, int]]:
	"""Cells that appointments of the clinic itself hold: the demo keeps off them."""
	rows = frappe.get_all("Clinic Time Claim", fields=["resource_key", "cell"], order_by="cell asc")
	return {(row.resource_key, row.cell) for row in rows}


def _is_held(world: World, key: str, start: datetime.datetime, end: datetime.datetime) -> bool:
	return any((key, cell) in world.shared["held"] for cell in cover(minute_of(start), minute_of(end)))


def _day(world: World, person: dict[str, Any], day: datetime.date, busy: set) -> Iterator[Row]:
	for days, (start, end), gender, resource in person["shifts"]:
		if WEEKDAYS[day.weekday()] not in days:
			continue
		at = _moment(day, start)
		while at < _moment(day, end):
			service = world.shared["services"][_pick_service(world, person, gender)]
			finish = at + datetime.timedelta(minutes=service.duration_minutes)
			taken = world.rng.random() < (FILL_PAST if day <= world.today else FILL_COMING)
			patient = _pick_patient(world, gender, service.gender, day, busy) if taken else None
			keys = (practitioner_key(person["name"]), resource_key(resource))
			if any(_is_held(world, key, at, finish) for key in keys):
				patient = None
			if patient and finish <= _moment(day, end):
				busy.add((patient["name"], day))
				yield _appointment(world, person, patient, service, at, finish, resource)
				at = finish
			else:
				at += datetime.timedelta(minutes=30)


def _moment(day: datetime.date, clock: str) -> datetime.datetime:
	return datetime.datetime.combine(day, datetime.time.fromisoformat(clock))


def _pick_service(world: World, person: dict[str, Any], gender: str) -> str:
	services = world.shared["services"]
	# Past sales know no body areas: what is sold by area is for trying out.
	fitting = [
		code
		for code in person["services"]
		if code not in AREAS and (gender == "Any" or services[code].gender in ("Any", gender))
	]
	weights = [6 if code.startswith(("VISIT", "LASER-F", "CLEAN", "BOTOX")) else 2 for code in fitting]
	return world.rng.choices(fitting, weights=weights)[0]


def _pick_patient(world: World, shift: str, service: str, day: datetime.date, busy: set) -> Row | None:
	wanted = {gender for gender in (shift, service) if gender != "Any"}
	for _ in range(12):
		patient = world.rng.choice(world.shared["patients"])
		fits = not wanted or wanted == {patient["gender"]}
		if fits and (patient["name"], day) not in busy and patient["creation"].date() <= day:
			return patient
	return None


def _appointment(
	world: World,
	person: dict[str, Any],
	patient: Row,
	service: Any,
	start: datetime.datetime,
	end: datetime.datetime,
	resource: str,
) -> Row:
	booked = min(start, world.now) - datetime.timedelta(
		days=world.rng.randrange(1, 12), minutes=world.rng.randrange(600)
	)
	booker = world.user(world.rng.choices(("reception", "agent", "consultant"), weights=(6, 3, 1))[0])
	status = _status(world, start, end)
	row = world.add(
		"Clinic Appointment",
		booked,
		booker,
		patient=patient["name"],
		patient_name=patient["full_name"],
		service=service.name,
		practitioner=person["name"],
		branch=person["branch"],
		start=start,
		end=end,
		duration_minutes=service.duration_minutes,
		status=status,
		booked_by=booker,
		booked_through="Phone" if booker == world.user("agent") else "Reception",
		tracking_code=_tracking_code(world),
		jalali_month=jalali_month(start.date()),
		**_traces(world, status, start),
	)
	world.add_child(
		"Clinic Appointment Step",
		row,
		"Clinic Appointment",
		"steps",
		service=service.name,
		practitioner=person["name"],
		resource=resource,
		offset_minutes=0,
		duration_minutes=service.duration_minutes,
	)
	if status in HOLDING and end > world.now:
		_claim(world, row, resource)
	_remember(world, row)
	return row


def _remember(world: World, row: Row) -> None:
	"""What happened to it since it was booked, as its form tells it."""
	steps = [("Confirmed", row["confirmed_at"]), ("Arrived", row["arrived_at"])]
	if row["status"] == "Cancelled":
		steps.append(("Cancelled", min(row["start"], world.now) - datetime.timedelta(hours=2)))
	if row["status"] == "No Show":
		steps.append(("No Show", datetime.datetime.combine(row["start"].date(), datetime.time(23, 59))))
	old = "Booked"
	for status, when in steps:
		if not when:
			continue
		is_automatic = status == "No Show"
		who = "Administrator" if is_automatic else world.user("reception")
		world.add(
			"Clinic Appointment Move",
			when,
			who,
			**{key: row[key] for key in ("patient", "branch")},
			appointment=row["name"],
			moved_at=when,
			moved_by=who,
			is_automatic=int(is_automatic),
			notify="Yes" if status == "Confirmed" else "",
			reason=row["reason"] if status == "Cancelled" else None,
			old_status=old,
			new_status=status,
			**{f"{side}_start": row["start"] for side in ("old", "new")},
			**{f"{side}_practitioner": row["practitioner"] for side in ("old", "new")},
		)
		old = status


def _claim(world: World, row: Row, resource: str) -> None:
	"""Buffer the cells a coming appointment holds; past ones need none."""
	keys = (practitioner_key(row["practitioner"]), patient_key(row["patient"]), resource_key(resource))
	for key in keys:
		for cell in cover(minute_of(row["start"]), minute_of(row["end"])):
			world.add(
				"Clinic Time Claim",
				row["creation"],
				row["owner"],
				resource_key=key,
				cell=cell,
				seat=0,
				appointment=row["name"],
			)


def _status(world: World, start: datetime.datetime, end: datetime.datetime) -> str:
	roll = world.rng.random()
	if start.date() < world.today:
		return "Completed" if roll < 0.79 else "No Show" if roll < 0.91 else "Cancelled"
	if start.date() > world.today:
		return "Booked" if roll < 0.68 else "Confirmed" if roll < 0.93 else "Cancelled"
	cutoff = min(world.now, datetime.datetime.combine(world.today, LAST_DONE))
	if end <= cutoff - datetime.timedelta(minutes=90):
		return "Completed" if roll < 0.85 else "Cancelled"
	if start <= cutoff:
		return "Admitted" if roll < 0.6 else "Arrived"
	return "Arrived" if roll < 0.12 else "Confirmed" if roll < 0.5 else "Booked"


def _traces(world: World, status: str, start: datetime.datetime) -> dict[str, Any]:
	"""Times and reasons that a status implies."""
	arrived = min(start + datetime.timedelta(minutes=world.rng.randrange(-20, 15)), world.now)
	confirmed = min(start, world.now) - datetime.timedelta(hours=world.rng.randrange(3, 30))
	traces: dict[str, Any] = {"confirmed_at": None, "arrived_at": None, "admitted_at": None, "reason": None}
	if status in ("Confirmed", "Arrived", "Admitted", "Completed"):
		traces["confirmed_at"] = confirmed
	if status in ("Arrived", "Admitted", "Completed"):
		traces["arrived_at"] = arrived
	if status in ("Admitted", "Completed"):
		traces["admitted_at"] = min(arrived + datetime.timedelta(minutes=4), world.now)
	if status == "Cancelled":
		traces["reason"] = world.text(world.rng.choice(REASONS))
	return traces


def _tracking_code(world: World) -> str:
	if "tracking_codes" not in world.shared:
		world.shared["tracking_codes"] = set(frappe.get_all("Clinic Appointment", pluck="tracking_code"))
	codes = world.shared["tracking_codes"]
	while (code := f"{world.rng.randrange(10**8, 10**9)}") in codes:
		pass
	codes.add(code)
	return code
