"""One person, all files: the kept file and those that were merged into it (N6, `design.md` §4.14).

Append-only tables never move when files are merged, so whoever reads them asks for the whole person:
`where(table.patient.isin(whole.names_of(patient)))`. `merged_into` always names the file that is kept at
the end of a chain (A into B, B into C: both name C), so one step leads there.
"""

from collections.abc import Iterable

import frappe

PATIENT = "Clinic Patient"
BY_KEPT = "clinic_patient_merged_into"
"""The index of `merged_into`."""


def names_of(patient: str, lock: bool = False) -> list[str]:
	"""The kept file first, then all that were merged into it; asked for any of them. One query.

	Two if `patient` is itself merged. `lock` reads past the transaction's snapshot (commands), locks the
	files of this person and nobody else's, and takes twice as many.
	"""
	return names_of_many([patient], lock).get(patient) or [patient]


def names_of_many(patients: Iterable[str], lock: bool = False) -> dict[str, list[str]]:
	"""The same of several, by the name that was asked for, in as many queries."""
	asked = sorted({name for name in patients if name})
	if not asked:
		return {}
	kept = _kept_by_name(asked, lock)
	if elsewhere := sorted({kept.get(name, name) for name in asked} - set(asked)):
		kept |= _kept_by_name(elsewhere, lock)
	people: dict[str, list[str]] = {}
	for name in sorted(kept):
		if kept[name] != name:
			people.setdefault(kept[name], []).append(name)
	return {name: [end := kept.get(name, name), *people.get(end, [])] for name in asked}


def kept_of(patient: str) -> str:
	"""The file in use: `patient` itself, or the one it was merged into."""
	return kept_of_many([patient]).get(patient, patient)


def kept_of_many(patients: Iterable[str]) -> dict[str, str]:
	"""By name the file in use, in one query; names that are no patient are missing."""
	asked = sorted({name for name in patients if name})
	if not asked:
		return {}
	rows = frappe.get_all(
		PATIENT, {"name": ("in", asked)}, ["name", "merged_into"], order_by="name asc", limit_page_length=0
	)
	return {row.name: row.merged_into or row.name for row in rows}


def _kept_by_name(names: list[str], lock: bool) -> dict[str, str]:
	table = frappe.qb.DocType(PATIENT)
	query = frappe.qb.from_(table).select(table.name, table.merged_into).orderby(table.name)
	by_name, by_kept = table.name.isin(names), table.merged_into.isin(names)
	if lock:
		# Each by its own index, whatever the optimizer thinks of a small table: a scan would lock everybody.
		rows = query.force_index("PRIMARY").where(by_name).for_update().run(as_dict=True)
		rows += query.force_index(BY_KEPT).where(by_kept).for_update().run(as_dict=True)
	else:
		rows = query.where(by_name | by_kept).run(as_dict=True)
	return {row.name: row.merged_into or row.name for row in rows}
