"""The file of an import: read with room for a hundred thousand rows, its beginning kept for the screens."""

import contextlib
import datetime
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import frappe
from frappe import _
from frappe.model.document import Document

from clinic_core.foundation import table_files
from clinic_core.foundation.digits import to_latin
from clinic_core.foundation.errors import refuse_input
from clinic_core.foundation.table_files import Limits, Table, TableFileError
from clinic_core.people.importing import sentences

LIMITS = Limits(bytes=60 * 1024**2, unpacked_bytes=800 * 1024**2, rows=200_000)
HEAD = 60
"""So many first rows are kept with the import: what the screens show needs no file."""


def read(file_url: str, sheet: str | None = None) -> Table:
	"""The table in an uploaded file. Raises InvalidInputError."""
	try:
		return table_files.read(_content(file_url), LIMITS, sheet)
	except TableFileError as error:
		sentences.refuse_file(error)


def all_rows(file_url: str, sheets: Sequence[str]) -> Iterator[Sequence[Any]]:
	"""Every row of every sheet; none of a file that is gone or cannot be read any more."""
	path = _path(file_url)
	for sheet in sheets or (None,):
		if path:
			with contextlib.suppress(TableFileError):
				yield from table_files.read(path.read_bytes(), LIMITS, sheet).rows


def _content(file_url: str) -> bytes:
	path = _path(file_url)
	if not path:
		refuse_input(_("File"), _("It was not found. Please choose it again."))
	return path.read_bytes()


def _path(file_url: str) -> Path | None:
	name = frappe.db.get_value("File", {"file_url": file_url}, "name") if file_url else None
	path = Path(frappe.get_doc("File", name).get_full_path()) if name else None
	return path if path and path.exists() else None


def own_file(file_url: str) -> Document:
	"""A file this user uploaded and only the staff may read. Raises InvalidInputError."""
	found = frappe.get_all(
		"File",
		filters={"file_url": file_url, "owner": frappe.session.user},
		order_by="creation desc",
		limit=1,
		pluck="name",
	)
	if not found:
		refuse_input(_("File"), _("It was not found. Please choose it again."))
	file = frappe.get_doc("File", found[0])
	if not file.is_private:
		refuse_input(
			_("File"), _("A file with data of patients must be private. Upload it as a private file.")
		)
	return file


def head_of(table: Table) -> str:
	"""The first rows as JSON."""
	return json.dumps([[_packed(cell) for cell in row] for row in table.rows[:HEAD]], ensure_ascii=False)


def rows_of_head(head: str | None) -> list[list[Any]]:
	"""The first rows again, dates as they were."""
	return [[_unpacked(cell) for cell in row] for row in json.loads(head or "[]")]


def _packed(cell: Any) -> Any:
	if isinstance(cell, datetime.datetime):
		return {"moment": cell.isoformat()}
	if isinstance(cell, datetime.time):
		return {"time": cell.isoformat()}
	if isinstance(cell, datetime.date):
		return {"moment": datetime.datetime.combine(cell, datetime.time()).isoformat()}
	return cell if cell is None or isinstance(cell, bool | int | float | str) else str(cell)


def _unpacked(cell: Any) -> Any:
	if not isinstance(cell, dict):
		return cell
	if "time" in cell:
		return datetime.time.fromisoformat(cell["time"])
	return datetime.datetime.fromisoformat(cell["moment"])


def names_one_of(row: Sequence[Any], needles: set[str]) -> bool:
	"""Whether a row of the head holds one of the strings, digits in any script."""
	text = " ".join(str(cell) for cell in row if cell is not None)
	plain = to_latin(text)
	return any(one in text or one in plain for one in needles)


def filled(rows: Sequence[Sequence[Any]]) -> int:
	"""How many rows are not empty."""
	return sum(1 for row in rows if any(table_files.cell_text(cell) for cell in row))
