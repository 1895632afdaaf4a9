"""The hash chain over sealed ledger entries. Pure.

Each seal covers every column that says what happened, its place in the sequence and the hash
before it. Whoever changes, removes or inserts a sealed row breaks the chain at that row.
"""

import datetime
import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

GENESIS = "0" * 64

SEALED_COLUMNS = (
	"name",
	"creation",
	"owner",
	"voucher_type",
	"voucher_no",
	"posting_date",
	"posted_at",
	"jalali_month",
	"account",
	"amount",
	"patient",
	"reception",
	"deposit",
	"entitlement",
	"legal_entity",
	"branch",
	"department",
	"service",
	"practitioner",
	"method",
	"shift",
	"payee",
	"reverses",
	"reason",
)
"""Version 1. New columns of later versions get a version of their own: old seals stay valid."""


@dataclass(frozen=True)
class Broken:
	"""The first row where the chain does not hold, with what is wrong: gap, order, deleted, changed."""

	sequence: int
	ledger_entry: str | None
	problem: str


def entry_hash(entry: Mapping[str, Any], sequence: int, previous_hash: str) -> str:
	"""SHA-256 of an entry at its place in the chain."""
	content = [1, sequence, previous_hash, *(_canonical(entry.get(c)) for c in SEALED_COLUMNS)]
	return hashlib.sha256(json.dumps(content, ensure_ascii=False).encode()).hexdigest()


def check(
	rows: Iterable[tuple[Mapping[str, Any], Mapping[str, Any] | None]],
	after: tuple[int, str] = (0, GENESIS),
) -> tuple[tuple[int, str], Broken | None]:
	"""Walk (seal, entry or None) pairs in order of sequence, from (sequence, hash) `after`.

	Returns where the walk ended and the first broken row, None if the chain holds.
	"""
	sequence, previous = after
	for seal, entry in rows:
		if problem := _problem(seal, entry, sequence, previous):
			return (sequence, previous), Broken(sequence + 1, seal["ledger_entry"], problem)
		sequence, previous = seal["sequence"], seal["entry_hash"]
	return (sequence, previous), None


def _problem(
	seal: Mapping[str, Any], entry: Mapping[str, Any] | None, sequence: int, previous: str
) -> str | None:
	if seal["sequence"] != sequence + 1:
		return "gap"
	if seal["previous_hash"] != previous:
		return "order"
	if entry is None:
		return "deleted"
	if entry_hash(entry, seal["sequence"], previous) != seal["entry_hash"]:
		return "changed"
	return None


def _canonical(value: Any) -> str | None:
	if value is None or value == "":
		return None
	if isinstance(value, datetime.datetime):
		return value.strftime("%Y-%m-%d %H:%M:%S.%f")
	if isinstance(value, datetime.date):
		return value.isoformat()
	if isinstance(value, Decimal | float | int):
		return format(Decimal(str(value)), ".4f")
	return str(value)
