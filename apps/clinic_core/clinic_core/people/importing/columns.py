"""Which column of a table is which field, and where its headings stand. Pure."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from clinic_core.foundation.table_files import cell_text, columns_of
from clinic_core.people.names import fold

LOOKED_AT = 20
"""The headings stand in one of so many first rows."""

REASON = ("reason", "problem", "علت", "دلیل", "مشکل", "neden", "sebep")
"""Headings of the column that a file of faulty rows has beside those of the first file."""


@dataclass(frozen=True)
class Field:
	"""A field a kind of import knows. `label` is English and translated where it is shown.

	`headings`: what people call it in Persian, English and Turkish. `reader`: how a cell is read.
	`is_default`: one value for all rows may be given.
	"""

	key: str
	label: str
	reader: str = "text"
	headings: tuple[str, ...] = ()
	required: bool = False
	max_length: int = 140
	is_default: bool = False
	options: str | None = None


def propose(header: Sequence[Any], fields: Sequence[Field], labels: Mapping[str, str]) -> dict[str, int]:
	"""Field → index of its column. `labels`: field → its label in the user's language."""
	names = {
		field.key: (field.label, labels.get(field.key, field.label), *field.headings) for field in fields
	}
	return columns_of(header, names, _fold)


def header_row(
	rows: Sequence[Sequence[Any]], fields: Sequence[Field], labels: Mapping[str, str]
) -> int | None:
	"""The index of the row with the headings: the one that names most fields; the first of two alike.

	Where no heading is known it is the first row with anything in it. None for an empty table.
	"""
	filled = [index for index, row in enumerate(rows[:LOOKED_AT]) if any(cell_text(cell) for cell in row)]
	if not filled:
		return None
	return max(filled, key=lambda index: (len(propose(rows[index], fields, labels)), -index))


def twice(header: Sequence[Any]) -> str | None:
	"""A heading that stands twice, None if all differ."""
	seen: set[str] = set()
	for cell in header:
		name = fold(cell_text(cell))
		if name and name in seen:
			return cell_text(cell)
		seen.add(name)
	return None


def is_reason(heading: Any) -> bool:
	"""Whether a column only says what was wrong with its row."""
	return fold(cell_text(heading)) in {fold(name) for name in REASON}


def key_of(header: Sequence[Any]) -> str:
	"""What a set of headings is remembered by: their order and the column of reasons do not matter."""
	names = sorted({fold(cell_text(cell)) for cell in header if cell_text(cell) and not is_reason(cell)})
	return hashlib.sha256("\x1f".join(names).encode()).hexdigest()[:40]


def missing(fields: Sequence[Field], columns: Mapping[str, int], given: Mapping[str, Any]) -> list[Field]:
	"""Fields that are needed and have neither a column nor a value for all rows."""
	return [f for f in fields if f.required and f.key not in columns and not given.get(f.key)]


def _fold(text: str) -> str:
	"""Folded, and without the words and signs that mark what is compulsory."""
	return fold(text.replace("*", " ").replace("_", " "))
