"""A busy front desk: many connections book, move and cancel at random among few doctors and devices.

`python mixed_race.py SITE SITES_PATH CONNECTIONS OPERATIONS`: own clinic, removed again; prints figures.
Every operation goes through `boundary.command` as an endpoint's would; afterwards the claims of each
appointment must be exactly what its state and time ask for.
"""

import datetime
import json
import random
import sys
import threading
import time
from collections import Counter

import frappe
import race
from clinic_core.foundation import boundary
from clinic_core.foundation.errors import SlotTakenError
from clinic_core.scheduling import booking, states
from clinic_core.scheduling.cells import cover, minute_of

DOCTORS = 3
SLOTS = 30


def prepare(connections):
	world = race.prepare(connections)
	branch = f"{race.TAG}BR"
	for number in range(2):
		race.make(
			"Clinic Resource",
			code=f"{race.TAG}DEV{number}",
			title="Device",
			kind="Device",
			branch=branch,
			capacity=1,
		)
	frappe.db.set_value(
		"Clinic Service", world["service"], {"resource_kind": "Device", "buffer_after_minutes": 10}
	)
	world["doctors"] = [world["doctor"]]
	for number in range(1, DOCTORS):
		name = race.make(
			"Clinic Practitioner",
			code=f"{race.TAG}DR{number}",
			practitioner_name=race.TAG,
			services=[{"service": world["service"]}],
		)
		race.make(
			"Clinic Schedule",
			practitioner=name,
			valid_from="2020-01-01",
			shifts=[
				{"weekday": day, "start": "00:00:00", "end": "23:59:00", "branch": branch}
				for day in race.WEEKDAYS
			],
		)
		world["doctors"].append(name)
	frappe.db.commit()
	return world


def clean():
	for number in range(1, DOCTORS):
		name = f"{race.TAG}DR{number}"
		for doctype in ("Clinic Appointment", "Clinic Schedule"):
			for parent in frappe.get_all(doctype, {"practitioner": name}, pluck="name"):
				frappe.db.delete("Clinic Appointment Step", {"parent": parent})
				frappe.db.delete("Clinic Schedule Shift", {"parent": parent})
				frappe.db.delete("Clinic Time Claim", {"appointment": parent})
				frappe.db.delete(doctype, {"name": parent})
	for key in ("PR:", "RS:"):
		frappe.db.delete("Clinic Time Claim", {"resource_key": ("like", f"{key}{race.TAG}%")})
	frappe.db.delete("Clinic Resource", {"name": ("like", f"{race.TAG}DEV%")})
	frappe.db.commit()
	race.clean()


def start_of(dice):
	day = datetime.date.today() + datetime.timedelta(days=3)
	begin = datetime.datetime.combine(day, datetime.time(8))
	return begin + datetime.timedelta(minutes=15 * dice.randrange(SLOTS))


def worker(site, path, world, number, operations, gate, results):
	dice, seen, errors, mine = random.Random(number), Counter(), [], []
	race.connect(site, path)
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
	doctor, start = dice.choice(world["doctors"]), start_of(dice)
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
		"Clinic Appointment", {"practitioner": ("in", world["doctors"])}, pluck="name"
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
	race.connect(site, path)
	clean()
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
		clean()
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
