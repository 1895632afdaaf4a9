"""Rows of appointments, their steps, and the claims of coming ones. Pure."""

import datetime
from collections.abc import Iterator

from clinic_core.scheduling.cells import cover, minute_of

from tests.bench.data.books import arrival
from tests.bench.data.diary import HOLDING, Appointment
from tests.bench.data.mixing import mix
from tests.bench.data.rows import CHILD, RECEPTION, Row, Table, head, jalali_month
from tests.bench.data.staff import user

APPOINTMENT = "Clinic Appointment"
REASONS = ("سفر پیش آمد", "بیماری", "تغییر برنامهٔ کاری", "انتخاب مرکز دیگر")
_CAME = ("Arrived", "Admitted", "Completed")


def booked_at(world, appointment: Appointment) -> datetime.datetime:
	"""When it was made: some days before, but not before the patient had a file."""
	if appointment.number >= world.diary.past:
		return world.pipeline.booked_at(appointment)
	days = 1 + mix(41, appointment.number) % 10
	asked = appointment.start - datetime.timedelta(days=days, minutes=appointment.number % 300)
	return max(asked, world.people.created(appointment.patient))


def appointments(world) -> Iterator[Row]:
	"""Clinic Appointment."""
	names = world.people.full_names
	for number in range(world.size.appointments):
		a = world.diary.get(number)
		person = world.staff[a.practitioner]
		origin = world.pipeline.origin_of(number)
		booker = user("agent01") if origin else RECEPTION
		made = booked_at(world, a)
		came = arrival(a) if a.status in _CAME else None
		is_sure = a.status in _CAME or a.status == "Confirmed"
		admitted = a.status in ("Admitted", "Completed")
		yield (
			*head(a.name, made, booker),
			f"bp-{a.patient:07d}",
			names[a.patient],
			a.service,
			person.code,
			person.branch,
			a.start,
			a.end,
			a.minutes,
			a.status,
			# A bijection: no two appointments have the same code.
			f"{number * 0x9E3779B97F5 % 0x1000000000000:012x}",
			booker,
			max(made, a.start - datetime.timedelta(days=1)) if is_sure else None,
			came,
			came if admitted else None,
			REASONS[number // 20 % 4] if a.status == "Cancelled" else None,
			"Clinic Lead" if origin else None,
			origin,
			jalali_month(a.start.date()),
		)


def steps(world) -> Iterator[Row]:
	"""Clinic Appointment Step: one service in the practitioner's room."""
	for number in range(world.size.appointments):
		a = world.diary.get(number)
		person = world.staff[a.practitioner]
		made = booked_at(world, a)
		yield (
			*head(f"bt-{number:07d}", made, RECEPTION),
			a.name,
			APPOINTMENT,
			"steps",
			1,
			a.service,
			person.code,
			person.room,
			0,
			a.minutes,
		)


def claims(world) -> Iterator[Row]:
	"""Clinic Time Claim: practitioner, patient and room of what is still to come or under way."""
	count = 0
	for number in range(world.diary.past, world.size.appointments):
		a = world.diary.get(number)
		if a.status not in HOLDING:
			continue
		person = world.staff[a.practitioner]
		made = booked_at(world, a)
		cells = cover(minute_of(a.start), minute_of(a.end))
		for key in (f"PR:{person.code}", f"PT:bp-{a.patient:07d}", f"RS:{person.room}"):
			for cell in cells:
				count += 1
				yield (*head(f"bq-{count:07d}", made, RECEPTION), key, cell, 0, a.name)


TABLES = [
	Table(
		APPOINTMENT,
		(
			"patient",
			"patient_name",
			"service",
			"practitioner",
			"branch",
			"start",
			"end",
			"duration_minutes",
			"status",
			"tracking_code",
			"booked_by",
			"confirmed_at",
			"arrived_at",
			"admitted_at",
			"reason",
			"origin_doctype",
			"origin_name",
			"jalali_month",
		),
		appointments,
		lambda world: world.size.appointments,
	),
	Table(
		"Clinic Appointment Step",
		(*CHILD, "service", "practitioner", "resource", "offset_minutes", "duration_minutes"),
		steps,
		lambda world: world.size.appointments,
	),
	Table(
		"Clinic Time Claim",
		("resource_key", "cell", "seat", "appointment"),
		claims,
		lambda world: (world.diary.future + world.diary.today) * 14,
	),
]
