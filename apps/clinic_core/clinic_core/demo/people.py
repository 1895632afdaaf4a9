"""Three hundred invented patients; families share a phone."""

import datetime
import random
from collections.abc import Callable, Iterator

import frappe

from clinic_core.demo import care, files, names, twice
from clinic_core.demo.world import PAST_DAYS, Row, World
from clinic_core.foundation import counters
from clinic_core.people import search_keys
from clinic_core.people.doctype.clinic_patient.clinic_patient import COUNTER as FILE_COUNTER
from clinic_core.people.identity import entry, kinds, numbers, tc_number
from clinic_core.people.identity.kinds import Identity

COUNT = 300


def _codes_taken() -> set[str]:
	"""Identity numbers of the patients who are here already."""
	rows = frappe.get_all(numbers.DOCTYPE, {"number": ("is", "set")}, pluck="number", order_by="name asc")
	return set(rows)


def build(world: World) -> None:
	"""Buffer the patients and leave them in `shared["patients"]`, oldest file first, with what belongs to them."""
	rng, branches, sources = world.rng, world.shared["branches"], world.shared["sources"]
	patients, codes, found = [], _codes_taken(), {}
	world.shared["alerts"] = []
	for family, phone, gender in _members(world):
		given = rng.choice(names.FEMALE if gender == "Female" else names.MALE)
		first, last = world.text(given), world.text(family)
		identity = _identity(rng, codes)
		created = datetime.datetime.combine(
			world.today - datetime.timedelta(days=rng.randrange(1, PAST_DAYS + 200)),
			datetime.time(9, rng.randrange(60)),
		)
		row = world.add(
			"Clinic Patient",
			created,
			world.user("reception"),
			first_name=first,
			last_name=last,
			full_name=f"{first} {last}",
			mobile=phone,
			email=f"patient-{len(patients) + 1}@mail.example" if len(patients) % 4 == 0 else None,
			gender=gender,
			status="Active",
			birth_date=world.today - datetime.timedelta(days=rng.randrange(16 * 365, 68 * 365)),
			**entry.columns(identity),
			referral_source=rng.choice(sources) if sources else None,
			branch=branches[0] if rng.random() < 0.7 else branches[1],
			city=world.text(rng.choices(names.CITIES, weights=(10, 2, 1, 1, 1))[0]),
		)
		if rng.random() < 0.08:
			alert = rng.choice(care.ALERTS)
			world.shared["alerts"].append((row, care.fitting(row, alert)))
		if identity:
			world.add(numbers.DOCTYPE, created, row["owner"], **numbers.row(row["name"], identity))
		world.add_child(
			"Clinic Patient Phone", row, "Clinic Patient", "phones", phone=phone, kind="Mobile", is_main=1
		)
		patients.append(row)
		found[row["name"]] = identity
	patients.sort(key=lambda row: (row["creation"], row["name"]))
	_number(world, patients)
	world.shared["patients"] = patients
	world.later.append(lambda: _index(patients, found))
	files.build(world)
	care.build(world)
	twice.build(world)
	world.say(f"{len(patients)} patients")


def _members(world: World) -> Iterator[tuple[tuple[str, str], str, str]]:
	"""(family name, phone, gender): about one household in four has two to four patients."""
	rng, given, phones = world.rng, 0, set()
	while given < COUNT:
		family, phone = rng.choice(names.FAMILY), names.mobile(rng)
		while phone in phones:
			phone = names.mobile(rng)
		phones.add(phone)
		size = rng.choice((2, 3, 4)) if rng.random() < 0.25 else 1
		for _ in range(min(size, COUNT - given)):
			yield family, phone, "Female" if rng.random() < 0.72 else "Male"
			given += 1


def _number(world: World, patients: list[Row]) -> None:
	"""File numbers in the order of registration; numbers a clinic's old archive uses are passed over."""
	taken = set(frappe.get_all("Clinic Patient", filters={"file_no": ("is", "set")}, pluck="file_no"))
	for row in patients:
		while (number := counters.next_number(FILE_COUNTER)) in taken:
			pass
		row["file_no"] = number


def _identity(rng: random.Random, taken: set[str]) -> Identity | None:
	"""Most have a national code; some come from abroad, a few have no number, of some nothing is known."""
	dice = rng.random()
	if dice < 0.8:
		return Identity(kinds.NATIONAL_CODE, _unused(lambda: names.national_code(rng), taken))
	if dice < 0.84:
		return Identity(kinds.FOREIGNER_ID, _unused(lambda: f"{rng.randrange(10**11, 10**12)}", taken))
	if dice < 0.87:
		country, letter = rng.choice((("Afghanistan", "P"), ("Iraq", "A"), ("Azerbaijan", "C")))
		return Identity(
			kinds.PASSPORT, _unused(lambda: f"{letter}{rng.randrange(10**8):08d}", taken), country
		)
	if dice < 0.88:
		nine = f"{rng.randrange(10**8, 10**9)}"
		return Identity(kinds.TC_NUMBER, _unused(lambda: nine + tc_number.check_digits(nine), taken))
	if dice < 0.92:
		return Identity(kinds.NO_CODE, no_code_reason=rng.choice(kinds.REASONS))
	return None


def _unused(make: Callable[[], str], taken: set[str]) -> str:
	while (number := make()) in taken:
		pass
	taken.add(number)
	return number


def _index(patients: list[Row], identities: dict[str, Identity | None]) -> None:
	"""Make the patients findable."""
	for row in patients:
		identity = identities[row["name"]]
		search_keys.refresh(
			"Clinic Patient",
			row["name"],
			names=[row["full_name"]],
			phones=[row["mobile"]],
			codes=[identity.number] if identity else [],
			files=[row["file_no"]],
		)
