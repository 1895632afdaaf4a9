"""Frappe's versions of a document, read as single changes of fields. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple


class Change(NamedTuple):
	"""One field that changed; `table` is the table it stands in, empty for the document itself."""

	table: str
	field: str
	old: Any
	new: Any


def changes(data: Mapping[str, Any], shown: Mapping[str, Sequence[str]]) -> Iterator[Change]:
	"""The changes of one version. `shown`: table → fields that tell a row ("" → those of the document).

	A row that came or went is a change of the table: its telling fields as one list of values.
	"""
	for field, old, new in data.get("changed") or ():
		if field in shown.get("", ()):
			yield Change("", field, old, new)
	for table, row in data.get("added") or ():
		if table in shown:
			yield Change(table, "", None, _row(row, shown[table]))
	for table, row in data.get("removed") or ():
		if table in shown:
			yield Change(table, "", _row(row, shown[table]), None)
	for table, _at, _name, cells in data.get("row_changed") or ():
		for field, old, new in cells:
			if field in shown.get(table, ()):
				yield Change(table, field, old, new)


def _row(row: Mapping[str, Any], fields: Sequence[str]) -> dict[str, Any]:
	return {field: row.get(field) for field in fields if row.get(field) not in (None, "", 0)}
