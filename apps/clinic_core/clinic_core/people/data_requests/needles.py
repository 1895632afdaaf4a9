"""What a person is known by in texts that do not point to him (E012): numbers, codes, names of now and before.

A number of the family is not his alone and stays; so does a former or turned name that somebody else has.
"""

import json
from collections.abc import Iterable

import frappe

from clinic_core.people import names, phones
from clinic_core.people.consent.people import PATIENT
from clinic_core.people.data_requests import found
from clinic_core.people.data_requests.found import Found

SHORTEST = 6
"""Shorter strings are in too many other texts to be looked for."""
_FACTS = ("mobile", "phone", "email", "national_code", "social_handle")
_NAMES = ("full_name", "person_name", "contact_person")
_PARTS = ("first_name", "last_name")
_OTHER_LETTERS = str.maketrans("یک", "يك")
_HALF_SPACE = "\u200c"


def of(whole: Found) -> set[str]:
	"""Strings that tell of this person and of nobody else; ask before anything is erased."""
	patients = sorted(whole.documents.get(PATIENT, ()))
	facts, called = _of_documents(whole)
	before = _former(whole)
	numbers = {one for one in facts | before if one.startswith("+")} | _phones_of(patients)
	own = numbers - _shared(numbers, patients)
	former = {name for name in before - numbers if not name.startswith("+")}
	others = {spelled for name in called | former for spelled in _spellings(name)} - called
	needles = (
		(facts - numbers)
		| called
		| (others - _of_somebody_else(others, patients))
		| own
		| {phones.national(number) for number in own}
		| _identity_numbers(patients)
	)
	return {needle for needle in needles if len(needle) >= SHORTEST and "•" not in needle}


def _of_documents(whole: Found) -> tuple[set[str], set[str]]:
	"""(numbers, codes and addresses, names) in the person's own documents."""
	facts: set[str] = set()
	called: set[str] = set()
	for doctype in found.person_doctypes() & whole.documents.keys():
		meta = frappe.get_meta(doctype)
		fields = [field for field in (*_FACTS, *_NAMES, *_PARTS) if meta.has_field(field)]
		rows = frappe.get_all(
			doctype, {"name": ("in", sorted(whole.documents[doctype]))}, fields, order_by="name asc"
		)
		for row in rows:
			facts |= {str(row[field]) for field in _FACTS if row.get(field)}
			called |= {row[field] for field in _NAMES if row.get(field)}
			called |= _both_ways(row.get("first_name"), row.get("last_name"))
	return facts, called


def _both_ways(first: str | None, last: str | None) -> set[str]:
	"""First name first, and the other way round; one name alone is anybody's."""
	if not (first and last):
		return set()
	return {names.full_name(first, last), names.full_name(first, last, surname_first=True)}


def _former(whole: Found) -> set[str]:
	"""Names and numbers of before, from the history of the person's own documents."""
	values: set[str] = set()
	for doctype in found.person_doctypes() & whole.documents.keys():
		for part in found.chunks(whole.documents[doctype]):
			for data in frappe.get_all(
				"Version",
				{"ref_doctype": doctype, "docname": ("in", part)},
				pluck="data",
				order_by="creation asc",
			):
				values |= set(_changed(json.loads(data or "{}")))
	return values


def _changed(version: dict) -> Iterable[str]:
	wanted = {*_FACTS, *_NAMES}
	for change in version.get("changed") or ():
		if change[0] in wanted:
			yield from (str(value) for value in change[1:] if value)
	for _table, row in version.get("removed") or ():
		if isinstance(row, dict) and row.get("phone"):
			yield str(row["phone"])
	for change in version.get("row_changed") or ():
		for each in change[-1]:
			if each[0] == "phone":
				yield from (str(value) for value in each[1:] if value)


def _spellings(name: str) -> set[str]:
	"""A name as other keyboards write it: Arabic letters, a space or nothing for a half-space."""
	plain = {name, name.replace(_HALF_SPACE, " "), name.replace(_HALF_SPACE, "")}
	return plain | {one.translate(_OTHER_LETTERS) for one in plain}


def _of_somebody_else(called: set[str], patients: list[str]) -> set[str]:
	"""Those of these names that another patient has."""
	return set(
		frappe.get_all(
			PATIENT,
			{"full_name": ("in", sorted(called) or [""]), "name": ("not in", patients or [""])},
			pluck="full_name",
			order_by="name asc",
		)
	)


def _phones_of(patients: list[str]) -> set[str]:
	rows = frappe.get_all(
		"Clinic Patient Phone",
		{"parent": ("in", patients or [""]), "parenttype": PATIENT},
		pluck="phone",
		order_by="name asc",
	)
	return {phone for phone in rows if phone}


def _shared(numbers: set[str], patients: list[str]) -> set[str]:
	"""Numbers that somebody else has as well."""
	return set(
		frappe.get_all(
			"Clinic Patient Phone",
			{
				"phone": ("in", sorted(numbers) or [""]),
				"parent": ("not in", patients or [""]),
				"parenttype": PATIENT,
			},
			pluck="phone",
			order_by="phone asc",
		)
	)


def _identity_numbers(patients: list[str]) -> set[str]:
	if not patients:
		return set()
	return set(
		frappe.get_all(
			"Clinic Patient Identity",
			{"name": ("in", patients), "number": ("is", "set")},
			pluck="number",
			order_by="name asc",
		)
	)
