"""A row on its way from the file into the database. Pure."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from clinic_core.foundation.digits import to_latin
from clinic_core.foundation.table_files import cell_text
from clinic_core.people.names import clean

CREATED, UPDATED, SKIPPED, FAILED = "Created", "Updated", "Skipped", "Failed"
TAKEN_BACK, KEPT = "Taken Back", "Kept"
WRITTEN = frozenset({CREATED, UPDATED})

SKIP, UPDATE, CREATE = "Skip", "Update", "Create"
"""What is done with a row whose record is there already."""


@dataclass(frozen=True)
class Problem:
	"""What is wrong with a cell, or with the row when `field` is None; `text` is translated."""

	field: str | None
	text: str


@dataclass
class Row:
	"""`number` counts as spreadsheets do. `existing`: the record that is there already."""

	number: int
	cells: Mapping[str, Any]
	whole: Sequence[Any] = ()
	fingerprint: str = ""
	values: dict[str, Any] = field(default_factory=dict)
	problems: list[Problem] = field(default_factory=list)
	existing: str | None = None
	outcome: str | None = None
	reference: str | None = None
	note: str | None = None
	before: dict[str, Any] | None = None
	amount: Decimal = Decimal(0)

	@property
	def is_open(self) -> bool:
		"""Whether nothing speaks against it so far."""
		return not self.problems and self.outcome is None

	def refuse(self, key: str | None, text: str) -> None:
		"""Note what is wrong with a cell; every problem of a row is said."""
		self.problems.append(Problem(key, text))

	def done(self, outcome: str, reference: str | None = None, note: str | None = None) -> None:
		"""Settle what became of the row."""
		self.outcome, self.reference, self.note = outcome, reference, note


def open_rows(rows: Iterable[Row]) -> list[Row]:
	"""Those that nothing speaks against."""
	return [row for row in rows if row.is_open]


def fingerprints(kind: str, rows: Iterable[Mapping[str, Any]]) -> list[str]:
	"""What a row is known by when the same file comes again: its cells, and which of equal rows it is."""
	seen: Counter[str] = Counter()
	found = []
	for cells in rows:
		plain = [f"{key}={clean(to_latin(cell_text(cells[key])))}" for key in sorted(cells)]
		base = "\x1f".join([kind, *(text for text in plain if not text.endswith("="))])
		seen[base] += 1
		found.append(hashlib.sha256(f"{base}\x1f{seen[base]}".encode()).hexdigest()[:40])
	return found
