"""Two people of the demo clinic were registered twice: something to merge (D43)."""

import datetime

import frappe

from clinic_core.demo.world import Row, World
from clinic_core.foundation import counters
from clinic_core.people import matching, search_keys
from clinic_core.people.doctype.clinic_patient.clinic_patient import COUNTER
from clinic_core.people.merging import verdicts

PATIENT = "Clinic Patient"
_WHO = (7, 23)


def build(world: World) -> None:
	"""Buffer a second file of two patients, with the same name and phone, and the suggestion to merge them."""
	patients = world.shared["patients"]
	for number in _WHO:
		if number < len(patients):
			_again(world, patients[number])


def _again(world: World, first: Row) -> None:
	created = datetime.datetime.combine(world.today - datetime.timedelta(days=2), datetime.time(11, 20))
	kept = ("first_name", "last_name", "full_name", "mobile", "gender", "referral_source", "branch")
	row = world.add(
		PATIENT, created, world.user("call"), status="Active", **{field: first[field] for field in kept}
	)
	taken = frappe.get_all(PATIENT, filters={"file_no": ("is", "set")}, pluck="file_no")
	while (number := counters.next_number(COUNTER)) in taken:
		pass
	row["file_no"] = number
	phone = {"phone": row["mobile"], "kind": "Mobile", "is_main": 1}
	world.add_child("Clinic Patient Phone", row, PATIENT, "phones", **phone)
	one, other = verdicts.pair(first["name"], row["name"])
	world.add(
		verdicts.DOCTYPE,
		world.now,
		patient=one,
		patient_name=row["full_name"],
		other=other,
		other_name=row["full_name"],
		score=99,
		reasons=f"{matching.SAME_NAME} {matching.SAME_PHONE}",
		status=verdicts.OPEN,
		origin="Search",
	)
	world.later.append(lambda: _index(row))


def _index(row: Row) -> None:
	search_keys.refresh(
		PATIENT, row["name"], names=[row["full_name"]], phones=[row["mobile"]], files=[row["file_no"]]
	)
