"""Which files are worth comparing: those that share a search key, found by whole blocks (D43).

A block is everybody with one phone, one code, one name from some word on, or one sound and birth year.
Blocks with too many members say nothing (a thousand people of one family name) and are left out; how many
there were is told.
"""

from collections.abc import Iterator
from itertools import combinations
from typing import Any, NamedTuple

import frappe
from frappe.query_builder.functions import Count
from pypika import CustomFunction
from pypika.queries import QueryBuilder
from pypika.terms import Term

from clinic_core.people.merging.verdicts import Pair, pair

KEY = "Clinic Search Key"
PATIENT = "Clinic Patient"
LARGEST = {"tail": 20, "code": 20, "name": 30, "sound": 30}
CHUNK = 500
_year = CustomFunction("year", ["date"])
_substring = CustomFunction("substring", ["text", "place"])


class Block(NamedTuple):
	"""What its members share: the kind of key, the key, and a birth year where the key is a sound."""

	kind: str
	token: str
	year: int | None = None


def among(changed: list[str] | None = None) -> tuple[set[Pair], int]:
	"""Pairs that share a block, and how many blocks were too large; of `changed` files only, or of all."""
	found: set[Pair] = set()
	too_large = 0
	wanted = set(changed) if changed is not None else None
	for kind in LARGEST:
		blocks, skipped = _blocks(kind, changed)
		too_large += skipped
		for members in _members(kind, blocks):
			found |= {
				pair(*two)
				for two in combinations(sorted(set(members)), 2)
				if wanted is None or wanted & set(two)
			}
	return found, too_large


def _blocks(kind: str, changed: list[str] | None) -> tuple[list[Block], int]:
	"""The blocks of a kind with more than one member, and the number of those with too many."""
	if changed is not None and not changed:
		return [], 0
	key, patient = frappe.qb.DocType(KEY), frappe.qb.DocType(PATIENT)
	number = Count(key.reference_name).distinct()
	query = _in_use(kind, key, patient)
	token = _token(kind, key)
	columns = [token, _year(patient.birth_date)] if kind == "sound" else [token]
	query = query.select(*columns, number).groupby(*columns).having(number > 1)
	if changed is not None:
		query = query.where(key.token.isin(_tokens_of(kind, changed)))
	rows = query.run()
	small = [Block(kind, *row[:-1]) for row in rows if row[-1] <= LARGEST[kind]]
	return small, len(rows) - len(small)


def _in_use(kind: str, key: Any, patient: Any) -> QueryBuilder:
	"""Keys of one kind of files in use; of sounds only where the birth date is known."""
	query = (
		frappe.qb.from_(key)
		.join(patient)
		.on(patient.name == key.reference_name)
		.where((key.reference_doctype == PATIENT) & (key.kind == kind) & (patient.status != "Merged"))
	)
	return query.where(patient.birth_date.isnotnull()) if kind == "sound" else query


def _token(kind: str, key: Any) -> Term:
	"""A sound is led by the script that looks for it; both scripts sound the same."""
	return _substring(key.token, 2) if kind == "sound" else key.token


def _tokens_of(kind: str, changed: list[str]) -> list[str]:
	key = frappe.qb.DocType(KEY)
	here = (key.reference_doctype == PATIENT) & key.reference_name.isin(changed) & (key.kind == kind)
	tokens = set(frappe.qb.from_(key).select(key.token).where(here).run(pluck=True))
	if kind == "sound":
		tokens = {script + token[1:] for token in tokens for script in "lp"}
	return sorted(tokens) or [""]


def _members(kind: str, blocks: list[Block]) -> Iterator[list[str]]:
	for start in range(0, len(blocks), CHUNK):
		some = blocks[start : start + CHUNK]
		groups: dict[tuple, list[str]] = {block[1:]: [] for block in some}
		for token, year, name in _rows(kind, sorted({block.token for block in some})):
			group = groups.get((token, year if kind == "sound" else None))
			if group is not None:
				group.append(name)
		yield from groups.values()


def _rows(kind: str, tokens: list[str]) -> list[tuple]:
	key, patient = frappe.qb.DocType(KEY), frappe.qb.DocType(PATIENT)
	wanted = [script + token for token in tokens for script in "lp"] if kind == "sound" else tokens
	query = _in_use(kind, key, patient).where(key.token.isin(wanted))
	return query.select(_token(kind, key), _year(patient.birth_date), key.reference_name).run()
