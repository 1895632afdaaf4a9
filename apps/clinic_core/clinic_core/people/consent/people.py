"""Who is asked about: the documents that are one person, and the addresses they are reached at.

A patient may have been merged from several files; a contact and a lead may be the same person as a patient.
Apps that keep people of their own answer the hook `clinic_persons`.
"""

import datetime
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

import frappe

from clinic_core.foundation import events
from clinic_core.people import states

PATIENT = "Clinic Patient"
Person = tuple[str, str]
"""(DocType, name)."""


@dataclass
class Known:
	"""What is known of one person that is asked about."""

	documents: set[Person] = field(default_factory=set)
	phones: set[str] = field(default_factory=set)
	emails: set[str] = field(default_factory=set)
	statuses: set[str] = field(default_factory=set)
	is_known: bool = False

	@property
	def addresses(self) -> set[str]:
		"""Everything the person can be reached at."""
		return self.phones | self.emails


def look_up(persons: Iterable[Person]) -> dict[Person, Known]:
	"""Everything about many persons in a constant number of queries."""
	known = {person: Known(documents={person}) for person in persons}
	_ask_apps(known)
	_add_merged(known)
	_add_patients(known)
	return known


def patients_of(known: Known) -> list[str]:
	"""The patient files of a person, in order."""
	return sorted(name for doctype, name in known.documents if doctype == PATIENT)


def _ask_apps(known: dict[Person, Known]) -> None:
	"""What other apps keep of them: rows {doctype, name, also: [[doctype, name]], phones, emails}."""
	asked = [list(person) for person in known]
	for rows in events.gather("clinic_persons", persons=asked):
		for row in rows:
			one = known.get((row["doctype"], row["name"]))
			if one is None:
				continue
			one.is_known = True
			one.documents |= {tuple(other) for other in row.get("also") or ()}
			one.phones |= set(row.get("phones") or ())
			one.emails |= {email.lower() for email in row.get("emails") or ()}


def _add_merged(known: dict[Person, Known]) -> None:
	"""Files merged into one another are one person: follow them upwards and downwards."""
	for _step in range(3):
		names = {name for one in known.values() for name in patients_of(one)}
		links = _links(names)
		if not links:
			return
		grown = False
		for one in known.values():
			for name in patients_of(one):
				new = {(PATIENT, other) for other in links[name]} - one.documents
				grown = grown or bool(new)
				one.documents |= new
		if not grown:
			return


def _links(names: set[str]) -> dict[str, set[str]]:
	found: dict[str, set[str]] = defaultdict(set)
	if not names:
		return found
	table = frappe.qb.DocType(PATIENT)
	rows = (
		frappe.qb.from_(table)
		.select(table.name, table.merged_into)
		.where((table.status == states.MERGED) & table.merged_into.isnotnull())
		.where(table.name.isin(sorted(names)) | table.merged_into.isin(sorted(names)))
		.run()
	)
	for name, kept in rows:
		found[name].add(kept)
		found[kept].add(name)
	return found


def _add_patients(known: dict[Person, Known]) -> None:
	names = sorted({name for one in known.values() for name in patients_of(one)})
	if not names:
		return
	rows = frappe.get_all(
		PATIENT, {"name": ("in", names)}, ["name", "status", "mobile", "email"], order_by="name asc"
	)
	files = {row.name: row for row in rows}
	numbers = defaultdict(set)
	for row in frappe.get_all(
		"Clinic Patient Phone",
		{"parent": ("in", names), "parenttype": PATIENT},
		["parent", "phone"],
		order_by="parent asc, idx asc",
	):
		numbers[row.parent].add(row.phone)
	for one in known.values():
		for name in patients_of(one):
			if file := files.get(name):
				one.is_known = True
				one.statuses.add(file.status)
				one.phones |= numbers[name] | ({file.mobile} if file.mobile else set())
				one.emails |= {file.email.lower()} if file.email else set()


def merged_at(names: Iterable[str]) -> dict[str, datetime.datetime]:
	"""Patient → when a file was last merged into it; nothing where merging is not installed."""
	wanted = sorted(set(names))
	if not wanted or not frappe.db.exists("DocType", "Clinic Patient Merge", cache=True):
		return {}
	rows = frappe.get_all(
		"Clinic Patient Merge",
		{"kept": ("in", wanted), "status": "Done"},
		["kept", "merged_at"],
		order_by="merged_at asc",
	)
	return {row.kept: row.merged_at for row in rows}
