"""A crowd at the door of groups (F13): many connections join, leave and book alone at the same few times.

`python -m tests.bench.double_booking.groups SITE SITES_PATH CONNECTIONS OPERATIONS`: own clinic, removed
again; prints figures. Afterwards no group may have more patients than seats, and nobody may share a time with
a patient who has it alone.
"""

import datetime
import json
import random
import sys
import threading
import time
from collections import Counter, defaultdict

import frappe
from clinic_core.foundation import boundary
from clinic_core.foundation.errors import SlotTakenError
from clinic_core.scheduling import booking, states
from clinic_core.scheduling.cells import cover, minute_of

from tests.bench.double_booking import clinic

SEATS, STARTS = 3, 2


def prepare(connections):
	world = clinic.prepare(connections)
	world["group"] = clinic.make(
		"Clinic Service",
		code=f"{clinic.TAG}GRP",
		service_name=f"{clinic.TAG} group",
		department=f"{clinic.TAG}DEP",
		amount=1,
		duration_minutes=30,
		group_size=SEATS,
	)
	[doctor] = world["practitioners"]
	doc = frappe.get_doc("Clinic Practitioner", doctor)
	doc.append("services", {"service": world["group"]})
	doc.save(ignore_permissions=True)
	frappe.db.commit()
	return world


def start_of(dice):
	day = datetime.date.today() + datetime.timedelta(days=3)
	begin = datetime.datetime.combine(day, datetime.time(8))
	return begin + datetime.timedelta(minutes=30 * dice.randrange(STARTS))


def worker(site, path, world, number, operations, gate, results):
	dice, seen, errors, mine = random.Random(number), Counter(), [], []
	clinic.connect(site, path)
	try:
		gate.wait()
		for _step in range(operations):
			kind = (
				dice.choice(["leave", "group", "move"]) if mine else dice.choice(["group", "group", "alone"])
			)
			try:
				name = boundary.command(
					"groups", None, lambda kind=kind: step(world, number, kind, dice, mine)
				)
				mine[:] = [name] if name else []
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
	"""One action of one patient, who has one appointment at most; returns its name."""
	start, [doctor] = start_of(dice), world["practitioners"]
	if mine and kind == "move":
		return booking.reschedule(mine[0], start, "race of groups").name
	if mine:
		booking.cancel(mine[0], "race of groups")
		if kind == "leave":
			return None
	service = world["service" if kind == "alone" else "group"]
	return booking.book(world["patients"][number], service, doctor, start).name


def faults(world):
	"""What must not be: too many together, or somebody beside who is alone; claims that are not right."""
	[doctor] = world["practitioners"]
	there, wrong = defaultdict(list), []
	for name in frappe.get_all("Clinic Appointment", {"practitioner": doctor}, pluck="name"):
		doc = frappe.get_doc("Clinic Appointment", name)
		rows = frappe.get_all("Clinic Time Claim", {"appointment": name}, ["resource_key", "cell", "seat"])
		held, need = [(row.resource_key, row.cell) for row in rows], []
		if doc.status in states.OCCUPYING:
			there[str(doc.start)].append(doc.service)
			cells = cover(minute_of(doc.start), minute_of(doc.end))
			need = [(key, cell) for key in (f"PR:{doctor}", f"PT:{doc.patient}") for cell in cells]
		if sorted(held) != sorted(need):
			wrong.append(name)
	for start, services in there.items():
		if len(services) > (SEATS if set(services) == {world["group"]} else 1):
			wrong.append(f"{start}: {services}")
	claims = frappe.get_all("Clinic Time Claim", {"resource_key": f"PR:{doctor}"}, ["cell", "seat"])
	led = {row.cell for row in claims if row.seat == 0}
	wrong += [f"nobody has the first seat of {row.cell}" for row in claims if row.cell not in led]
	return wrong, max(map(len, there.values()), default=0)


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
		wrong, largest = faults(world)
	finally:
		clinic.clean()
		frappe.destroy()
	figures = {
		"connections": connections,
		"seconds": round(seconds, 1),
		"operations": dict(sum((seen for seen, _errors in results), Counter())),
		"largest_group": largest,
		"errors": [error for _seen, errors in results for error in errors][:10],
		"faults": wrong,
	}
	sys.stdout.write(json.dumps(figures) + "\n")


if __name__ == "__main__":
	main(sys.argv[1], sys.argv[2], int(sys.argv[3]), int(sys.argv[4]))
