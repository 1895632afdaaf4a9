"""Looks for people who may already have a file: a few queries, then the pure rules of `matching`."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

import frappe
from pypika.terms import Case, Criterion, Field

from clinic_core.people import matching, names, phones, tokens
from clinic_core.people.identity import numbers as identity_numbers
from clinic_core.people.merging import verdicts

PATIENT = "Clinic Patient"
SEARCH_KEY = "Clinic Search Key"
MAX_CANDIDATES = 100
MAX_REPORTED = 5


def of(person: matching.Person, besides: str | None = None) -> list[dict[str, Any]]:
	"""Patients who may be `person`, most likely first: [{name, full_name, file_no, score, why}].

	`why` is a list of codes of `matching`. Whom somebody called “not the same” as the file `besides` is left
	out. Four queries, two more when somebody was found beside a file.
	"""
	known = _load(_candidates(person) - {besides})
	ranked = matching.rank(person, ((name, row["person"]) for name, row in known.items()))
	if besides and ranked:
		others = verdicts.not_the_same([besides])
		ranked = [hit for hit in ranked if verdicts.pair(besides, hit[0]) not in others]
	return [
		{
			"name": name,
			"full_name": known[name]["person"].full_name,
			"file_no": known[name]["file_no"],
			"score": likeness.score,
			"why": list(likeness.why),
		}
		for name, likeness in ranked[:MAX_REPORTED]
	]


def people(patients: Iterable[str]) -> dict[str, matching.Person]:
	"""Patients as the matching rules see them, without merged ones. Three queries."""
	return {name: row["person"] for name, row in _load(patients).items()}


def _candidates(person: matching.Person) -> set[str]:
	"""Patients who share a phone, the national code, or the name however it is written."""
	wanted = {t for phone in person.phones for t in tokens.phone_tokens(phone, phones.national(phone))}
	wanted |= tokens.code_tokens(person.national_code)
	parts = names.words(person.full_name)
	if parts:
		wanted.add(tokens.Token("name", "".join(parts)[: tokens.MAX_LENGTH]))
		last = names.skeleton(parts[-1])
		if len(parts) > 1 and len(last) >= tokens.MIN_SOUND:
			wanted |= {tokens.Token("sound", script + last) for script in "lp"}
	if not wanted:
		return set()
	key = frappe.qb.DocType(SEARCH_KEY)
	# Each token with its kind: without it the index would be walked from end to end.
	either = Criterion.any((key.kind == t.kind) & (key.token == t.token) for t in sorted(wanted))
	names_found = (
		frappe.qb.from_(key)
		.select(key.reference_name)
		.where((key.reference_doctype == PATIENT) & either)
		.orderby(_strength(key.kind))
		.orderby(key.reference_name)
		.limit(MAX_CANDIDATES)
		.run(pluck=True)
	)
	return set(names_found)


def _strength(kind: Field) -> Case:
	"""Who shares a number or a code comes before the many who share a name."""
	order = Case()
	for place, kinds in enumerate((("tail", "phone", "code"), ("name",))):
		order = order.when(kind.isin(kinds), place)
	return order.else_(2)


def _load(candidates: Iterable[str]) -> dict[str, dict[str, Any]]:
	candidates = sorted(filter(None, candidates))
	if not candidates:
		return {}
	numbers: dict[str, set[str]] = defaultdict(set)
	for row in frappe.get_all(
		"Clinic Patient Phone",
		filters={"parenttype": PATIENT, "parent": ("in", candidates)},
		fields=["parent", "phone"],
		order_by="parent asc, idx asc",
	):
		numbers[row.parent].add(row.phone)
	rows = frappe.get_all(
		PATIENT,
		filters={"name": ("in", candidates), "status": ("not in", ("Merged", "Erased"))},
		fields=["name", "full_name", "file_no", "birth_date", "gender"],
		order_by="name asc",
	)
	identities = identity_numbers.of(row.name for row in rows)
	return {
		row.name: {
			"file_no": row.file_no or "",
			"person": matching.Person(
				full_name=row.full_name or "",
				phones=frozenset(numbers[row.name]),
				national_code=identities[row.name].number if row.name in identities else "",
				identity_kind=identities[row.name].kind if row.name in identities else "",
				birth_date=str(row.birth_date or ""),
				gender=row.gender or "",
			),
		}
		for row in rows
	}
