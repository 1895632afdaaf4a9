"""Who waits for a time in the demo clinic, and who is to be called again."""

import datetime
from collections.abc import Iterable

from clinic_core.demo.world import Row, World
from clinic_core.scheduling.recalls.due import AHEAD_DAYS, Rule, cycle, due_on

# practitioner's service is found in the diary; urgent, days from now until which he waits, note
WISHES = [
	(True, 10, ("هفتهٔ آینده سفر است", "Travels after next week")),
	(False, 21, ("فقط بعدازظهرها", "Afternoons only")),
	(False, 30, ("", "")),
	(False, 14, ("تلفنی هم خبر بدهید", "A call is fine as well")),
	(True, 7, ("درد دارد", "In pain")),
]
AFTERNOON = 1
RECALL_SERVICE, RECALL_DAYS, MOST_RECALLS = "BOTOX", 45, 12


def build(world: World) -> None:
	"""A few wishes, and a rule with the recalls it makes by today."""
	_wishes(world)
	_recalls(world)


def _wishes(world: World) -> None:
	coming = [row for row in world.shared["appointments"] if row["start"] > world.now]
	busy = {row["patient"] for row in coming}
	free = [row for row in world.shared["patients"] if row["name"] not in busy]
	wanted = [row for row in coming if row["status"] in ("Booked", "Confirmed")]
	for number, (is_urgent, days, note) in enumerate(WISHES):
		model = wanted[number * len(wanted) // len(WISHES)]
		patient = next(row for row in free[number * 7 :] if _may_have(world, row, model))
		made = world.add(
			"Clinic Waiting List Entry",
			world.now - datetime.timedelta(days=number + 1, minutes=17 * number),
			world.user("reception"),
			patient=patient["name"],
			patient_name=patient["full_name"],
			service=model["service"],
			status="Waiting",
			is_urgent=int(is_urgent),
			from_date=world.today,
			to_date=world.today + datetime.timedelta(days=days),
			note=world.text(note) or None,
		)
		entry = "Clinic Waiting List Entry"
		if number % 2:
			who = model["practitioner"]
			world.add_child("Clinic Waiting Practitioner", made, entry, "practitioners", practitioner=who)
		if number == AFTERNOON:
			world.add_child("Clinic Waiting Time", made, entry, "times", start="14:00:00", end="20:00:00")


def _may_have(world: World, patient: Row, model: Row) -> bool:
	gender = world.shared["services"][model["service"]].gender
	return gender in (None, "", "Any", patient["gender"])


def _recalls(world: World) -> None:
	made = world.once(
		"Clinic Recall Rule",
		{"service": RECALL_SERVICE, "trigger": "After Last Visit", "is_active": 1},
		after_days=RECALL_DAYS,
		max_reminders=3,
		repeat_every_days=7,
		contact_by="Reception",
	)
	rule = Rule(RECALL_SERVICE, made.trigger, made.after_days, name=made.name)
	due = [row for row in _last_visits(world) if _is_due(world, rule, row)]
	for row in due[-MOST_RECALLS:]:
		base = row["start"].date()
		day = due_on(rule, base)
		world.add(
			"Clinic Recall",
			patient=row["patient"],
			patient_name=row["patient_name"],
			service=rule.service,
			recall_rule=rule.name,
			status="Due",
			due_on=day,
			next_on=day,
			base_on=base,
			channel="Phone",
			contact_by="Reception",
			practitioner=row["practitioner"],
			branch=row["branch"],
			cycle_key=cycle(rule, row["patient"], base),
		)


def _last_visits(world: World) -> Iterable[Row]:
	"""The last appointment of each patient for the service, whatever became of it."""
	last = {row["patient"]: row for row in world.shared["appointments"] if row["service"] == RECALL_SERVICE}
	return [row for row in last.values() if row["status"] == "Completed"]


def _is_due(world: World, rule: Rule, row: Row) -> bool:
	return due_on(rule, row["start"].date()) <= world.today + datetime.timedelta(days=AHEAD_DAYS)
