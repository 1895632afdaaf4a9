"""Policies in force, answers of patients and requests for data."""

import datetime

import frappe
from frappe.utils import now_datetime

from clinic_core.demo.world import World

SEEDED = ("seed-privacy", "seed-marketing", "seed-photos")
ANSWERS = ("Given", "Given", "Given", "Refused", "Given", "Withdrawn")


def build(world: World) -> None:
	"""Publish what the clinic begins with and let some patients answer."""
	for name in SEEDED:
		if frappe.db.exists("Clinic Policy", name):
			world.change("Clinic Policy", name, "status", "Published")
			world.change("Clinic Policy", name, "published_at", str(now_datetime()))
	patients = world.shared["patients"]
	for number, patient in enumerate(patients[:120]):
		if number % 2:
			_answer(world, patient, "Marketing", ANSWERS[number % len(ANSWERS)], "seed-marketing", number)
		if not number % 3:
			_answer(world, patient, "Photo Publication", "Given", "seed-photos", number)
	_requests(world, patients)


def _answer(world: World, patient: dict, purpose: str, decision: str, policy: str, number: int) -> None:
	at = max(patient["creation"], world.now - datetime.timedelta(days=80 - number % 70))
	world.add(
		"Clinic Consent",
		at,
		world.user("reception"),
		person_doctype="Clinic Patient",
		person_name=patient["name"],
		patient=patient["name"],
		person_title=patient["full_name"],
		purpose=purpose,
		decision=decision,
		how="Verbal",
		at=at,
		taken_by=world.user("reception"),
		policy=policy,
		policy_slug=policy.removeprefix("seed-"),
		policy_version=1,
		language=world.lang,
	)


def _requests(world: World, patients: list[dict]) -> None:
	"""One that is late, one in work, one that was just received."""
	kinds = (("Access", "Verified", 34), ("Correction", "In Progress", 12), ("Access", "Received", 2))
	for (kind, status, days), patient in zip(kinds, patients[130:133], strict=False):
		received = world.today - datetime.timedelta(days=days)
		world.add(
			"Clinic Data Request",
			world.now - datetime.timedelta(days=days),
			world.user("reception"),
			kind=kind,
			status=status,
			person_doctype="Clinic Patient",
			person_name=patient["name"],
			person_title=patient["full_name"],
			channel="In Person",
			received_on=received,
			due_on=received + datetime.timedelta(days=30),
			handler=world.user("supervisor"),
		)
