"""A crowd at the door of groups (F13): many connections join, leave and book alone at the same few times.

`python -m tests.bench.double_booking.groups SITE SITES_PATH CONNECTIONS OPERATIONS`: own clinic, removed
again; prints figures. Afterwards no group may have more patients than seats, and nobody may share a time with
a patient who has it alone.
"""

import datetime
from collections import defaultdict

import frappe
from clinic_core.scheduling import booking, states
from clinic_core.scheduling.cells import cover, minute_of

from tests.bench.double_booking import clinic, crowd

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


def choose(dice, mine):
	return dice.choice(["leave", "group", "move"] if mine else ["group", "group", "alone"])


def act(world, number, kind, dice, mine):
	"""One action of one patient, who has one appointment at most."""
	start, [doctor] = start_of(dice), world["practitioners"]
	if kind == "move":
		return [booking.reschedule(mine[0], start, "race of groups").name]
	if kind == "leave":
		booking.cancel(mine[0], "race of groups")
		return []
	service = world["service" if kind == "alone" else "group"]
	return [booking.book(world["patients"][number], service, doctor, start).name]


def judge(world):
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
	return {"largest_group": max(map(len, there.values()), default=0), "faults": wrong}


if __name__ == "__main__":
	crowd.run(crowd.Race(prepare, choose, act, judge))
