"""A busy front desk: many connections book, move and cancel at random among few doctors and devices.

`python -m tests.bench.double_booking.busy_desks SITE SITES_PATH CONNECTIONS OPERATIONS`: own clinic,
removed again; prints figures. Afterwards the claims of each appointment must be exactly what its state and
time ask for.
"""

import datetime

import frappe
from clinic_core.scheduling import booking, states
from clinic_core.scheduling.cells import cover, minute_of

from tests.bench.double_booking import clinic, crowd

DOCTORS = 3
SLOTS = 30


def prepare(connections):
	world = clinic.prepare(connections, DOCTORS)
	for number in range(2):
		clinic.make(
			"Clinic Resource",
			code=f"{clinic.TAG}DEV{number}",
			title="Device",
			kind="Device",
			branch=world["branch"],
			capacity=1,
		)
	frappe.db.set_value(
		"Clinic Service", world["service"], {"resource_kind": "Device", "buffer_after_minutes": 10}
	)
	frappe.db.commit()
	return world


def start_of(dice):
	day = datetime.date.today() + datetime.timedelta(days=3)
	begin = datetime.datetime.combine(day, datetime.time(8))
	return begin + datetime.timedelta(minutes=15 * dice.randrange(SLOTS))


def choose(dice, mine):
	return dice.choice(["book", "book", "move", "cancel"]) if mine else "book"


def act(world, number, kind, dice, mine):
	doctor, start = dice.choice(world["practitioners"]), start_of(dice)
	if kind == "book":
		return [*mine, booking.book(world["patients"][number], world["service"], doctor, start).name]
	if kind == "move":
		booking.reschedule(mine[-1], start, "mixed race", practitioner=doctor)
		return mine
	booking.cancel(mine[-1], "mixed race")
	return mine[:-1]


def wrong_claims(world):
	"""Appointments whose claims are not exactly what they need."""
	wrong = []
	for name in frappe.get_all(
		"Clinic Appointment", {"practitioner": ("in", world["practitioners"])}, pluck="name"
	):
		doc = frappe.get_doc("Clinic Appointment", name)
		start, end = minute_of(doc.start), minute_of(doc.end)
		need = set()
		if doc.status in states.OCCUPYING:
			for key in (f"PR:{doc.practitioner}", f"RS:{doc.steps[0].resource}"):
				need |= {(key, cell) for cell in cover(start, end + 10)}
			need |= {(f"PT:{doc.patient}", cell) for cell in cover(start, end)}
		rows = frappe.get_all("Clinic Time Claim", {"appointment": name}, ["resource_key", "cell", "seat"])
		if {(r.resource_key, r.cell) for r in rows} != need or any(r.seat for r in rows):
			wrong.append(name)
	return wrong


def judge(world):
	return {"wrong_claims": wrong_claims(world)}


if __name__ == "__main__":
	crowd.run(crowd.Race(prepare, choose, act, judge))
