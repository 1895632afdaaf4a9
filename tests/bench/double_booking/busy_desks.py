"""A busy front desk: many connections book, move and cancel at random among few doctors and devices.

`python -m tests.bench.double_booking.busy_desks SITE SITES_PATH CONNECTIONS OPERATIONS`: own clinic,
removed again; prints figures. Every operation goes through `boundary.command` as an endpoint's would;
afterwards the claims of each appointment must be exactly what its state and time ask for.
"""

import datetime
import json
import random
import sys
import threading
import time
from collections import Counter

import frappe
from clinic_core.foundation import boundary
from clinic_core.foundation.errors import SlotTakenError
from clinic_core.scheduling import booking, states
from clinic_core.scheduling.cells import cover, minute_of

from tests.bench.double_booking import clinic

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


def worker(site, path, world, number, operations, gate, results):
	dice, seen, errors, mine = random.Random(number), Counter(), [], []
	clinic.connect(site, path)
	try:
		gate.wait()
		for _step in range(operations):
			kind = dice.choice(["book", "book", "move", "cancel"]) if mine else "book"
			try:
				boundary.command("mixed", None, lambda kind=kind: step(world, number, kind, dice, mine))
				seen[kind] += 1
			except SlotTakenError:
				seen["taken"] += 1
				frappe.local.message_log = []
			except Exception as error:
				errors.append(f"{kind}: {type(error).__name__}: {error}")
	finally:
		frappe.destroy()
		results.append((seen, errors))


def step(world, number, kind, dice, mine):
	doctor, start = dice.choice(world["practitioners"]), start_of(dice)
	if kind == "book":
		mine.append(booking.book(world["patients"][number], world["service"], doctor, start).name)
	elif kind == "move":
		booking.reschedule(mine[-1], start, "mixed race", practitioner=doctor)
	else:
		booking.cancel(mine.pop(), "mixed race")


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


def main(site, path, connections, operations):
	clinic.connect(site, path)
	clinic.clean()
	world = prepare(connections)
	gate, results, begun = threading.Barrier(connections), [], time.monotonic()
	threads = [
		threading.Thread(target=worker, args=(site, path, world, n, operations, gate, results))
		for n in range(connections)
	]
	for thread in threads:
		thread.start()
	for thread in threads:
		thread.join()
	seconds = time.monotonic() - begun
	frappe.db.rollback()
	try:
		wrong = wrong_claims(world)
	finally:
		clinic.clean()
		frappe.destroy()
	figures = {
		"connections": connections,
		"seconds": round(seconds, 1),
		"operations": dict(sum((seen for seen, _errors in results), Counter())),
		"errors": [error for _seen, errors in results for error in errors][:10],
		"wrong_claims": wrong,
	}
	sys.stdout.write(json.dumps(figures) + "\n")


if __name__ == "__main__":
	main(sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
