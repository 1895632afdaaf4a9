"""Everything the database holds of one person, found from the meta of the DocTypes (E012, N6).

A new DocType that links to a person is found without being named anywhere. `subject` is the person's own
documents: all files of a patient, and the contacts and leads that are the same person.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import frappe

from clinic_core.people.consent import people
from clinic_core.people.consent.people import Person

OUR_NAMES = "Clinic %"
# Kept by its own rules: a log of who saw whom, and the keys that search reads.
APART = frozenset({"Clinic Access Log", "Clinic Search Key"})
CHUNK = 500


@dataclass(frozen=True)
class Place:
	"""A field that may point to a person; `type_field` names the DocType it points to, if it may be any."""

	doctype: str
	fieldname: str
	target: str | None
	type_field: str | None
	is_child: bool


@dataclass
class Found:
	"""Documents of the person by DocType, and single rows in the documents of others."""

	subject: list[Person]
	documents: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
	rows: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

	def count(self) -> int:
		"""How many documents there are."""
		return sum(len(names) for names in self.documents.values())


def subject_of(person: Person) -> list[Person]:
	"""The documents that are this person, the given one first."""
	known = people.look_up([person])[person]
	# A contact may lead to a patient, and the patient to further contacts.
	further = people.look_up(sorted(known.documents))
	everything = {document for one in further.values() for document in one.documents} | known.documents
	return [person, *sorted(everything - {person})]


def person_doctypes() -> set[str]:
	"""The DocTypes whose documents are people (hook `clinic_person_doctypes`)."""
	return set(frappe.get_hooks("clinic_person_doctypes"))


def everything_of(person: Person) -> Found:
	"""The person's documents and rows, as many queries as there are places."""
	found = Found(subject_of(person))
	by_type: dict[str, list[str]] = defaultdict(list)
	for doctype, name in found.subject:
		by_type[doctype].append(name)
		found.documents[doctype].add(name)
	for place in places():
		_look(place, by_type, found)
	return found


def places() -> list[Place]:
	"""Every field of our DocTypes that may point to a person."""
	people_types = person_doctypes()
	tables = {
		row.name: row.istable
		for row in frappe.get_all(
			"DocType",
			{"name": ("like", OUR_NAMES), "issingle": 0, "is_virtual": 0},
			["name", "istable"],
			order_by="name asc",
		)
		if row.name not in APART
	}
	found = []
	for source, owner in (("DocField", "parent"), ("Custom Field", "dt")):
		for row in frappe.get_all(
			source,
			{"fieldtype": ("in", ("Link", "Dynamic Link"))},
			[f"{owner} as doctype", "fieldname", "fieldtype", "options"],
			order_by="name asc",
			limit_page_length=0,
		):
			if row.doctype not in tables:
				continue
			if row.fieldtype == "Link" and row.options not in people_types:
				continue
			is_link = row.fieldtype == "Link"
			found.append(
				Place(
					row.doctype,
					row.fieldname,
					row.options if is_link else None,
					None if is_link else row.options,
					bool(tables[row.doctype]),
				)
			)
	return found


def _look(place: Place, by_type: dict[str, list[str]], found: Found) -> None:
	wanted = [place.target] if place.target else sorted(by_type)
	for target in wanted:
		names = by_type.get(target or "")
		if not names:
			continue
		filters: dict[str, Any] = {place.fieldname: ("in", names)}
		if place.type_field:
			filters[place.type_field] = target
		_add(place, filters, found)


def _add(place: Place, filters: dict[str, Any], found: Found) -> None:
	fields = ["name", "parent", "parenttype"] if place.is_child else ["name"]
	rows = frappe.get_all(place.doctype, filters, fields, order_by="name asc", limit_page_length=0)
	own = found.documents
	for row in rows:
		if place.is_child:
			if row.parent not in own.get(row.parenttype, ()):
				found.rows[place.doctype].add(row.name)
		elif place.doctype not in person_doctypes() or row.name in own.get(place.doctype, ()):
			# Another person who points to this one (family, referred by) is not this person.
			own[place.doctype].add(row.name)


def chunks(names: Iterable[str], size: int = CHUNK) -> Iterable[list[str]]:
	"""The names in lists of a size that one statement takes."""
	ordered = sorted(names)
	for start in range(0, len(ordered), size):
		yield ordered[start : start + size]


def files_of(found: Found) -> list[Any]:
	"""The files attached to these documents: [{name, file_name, file_url, attached_to_doctype, …}]."""
	files = []
	for doctype, names in found.documents.items():
		for part in chunks(names):
			files += frappe.get_all(
				"File",
				{"attached_to_doctype": doctype, "attached_to_name": ("in", part), "is_folder": 0},
				["name", "file_name", "file_url", "attached_to_doctype", "attached_to_name"],
				order_by="name asc",
			)
	return files


def said_about(found: Found, table: str, fields: list[str]) -> list[Any]:
	"""Comments or communications that refer to these documents."""
	rows = []
	for doctype, names in found.documents.items():
		for part in chunks(names):
			rows += frappe.get_all(
				table,
				{"reference_doctype": doctype, "reference_name": ("in", part)},
				["name", "reference_doctype", "reference_name", *fields],
				order_by="creation asc, name asc",
			)
	return rows
