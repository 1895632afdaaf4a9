"""What imports keep of people goes: files and rows after a time (F84), rows of who is erased at once (E012).

That a row was written stays, with what it made: the same file fed again brings nobody back.
"""

import json
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

import frappe
from frappe.utils import add_to_date, cint, now_datetime
from pypika.terms import Criterion

from clinic_core.foundation import settings
from clinic_core.foundation.boundary import command
from clinic_core.people.importing import files, imports, outcomes

CHUNK = 5000
HELD = ("cells", "before", "problems", "reason")
"""Columns of a row that may name people."""
_DIGITS = tuple(str.maketrans("0123456789", digits) for digits in ("۰۱۲۳۴۵۶۷۸۹", "٠١٢٣٤٥٦٧٨٩"))


def run_night() -> None:
	"""Purge imports that ended longer ago than the clinic keeps their files; zero days keeps them."""
	days = cint(settings.get("import_keep_days"))
	if days <= 0:
		return
	old = frappe.get_all(
		imports.DOCTYPE,
		filters={
			"status": ("not in", sorted(imports.WORKING)),
			"modified": ("<", add_to_date(now_datetime(), days=-days)),
			"head": ("is", "set"),
		},
		pluck="name",
		order_by="modified asc",
	)
	for name in old:
		purge(name)


def purge(name: str) -> None:
	"""Take everything out of an import but what it made: rows, then the file; safe to run again."""
	if not command("importing.purge", None, partial(_close, name)):
		return
	rows: Callable[[], int] = partial(_empty_some, name)
	while command("importing.purge_rows", None, rows) == CHUNK:
		pass
	command("importing.purge_file", None, partial(_remove_file, name, {"head": None, "sheets": None}))


def _close(name: str) -> bool:
	"""From here on nothing is taken back or gone on with. A draft that was never run is given up."""
	status = frappe.db.get_value(imports.DOCTYPE, name, "status", for_update=True)
	if status in imports.WORKING:
		return False
	values: dict[str, Any] = {"purged_at": now_datetime()}
	if status == imports.DRAFT:
		values |= {"status": imports.CANCELLED, "ended_at": now_datetime()}
	frappe.db.set_value(imports.DOCTYPE, name, values, update_modified=False)
	return True


def _empty_some(name: str) -> int:
	names = frappe.get_all(
		outcomes.DOCTYPE,
		filters={"clinic_import": name},
		or_filters=[[column, "is", "set"] for column in HELD],
		pluck="name",
		order_by="row_no asc",
		limit=CHUNK,
	)
	_empty(names)
	return len(names)


def _empty(names: list[str]) -> None:
	if names:
		values = dict.fromkeys(HELD)
		frappe.db.set_value(outcomes.DOCTYPE, {"name": ("in", names)}, values, update_modified=False)


def _remove_file(name: str, values: dict[str, Any]) -> None:
	for file in frappe.get_all(
		"File",
		{"attached_to_doctype": imports.DOCTYPE, "attached_to_name": name},
		pluck="name",
		order_by="name asc",
	):
		frappe.delete_doc("File", file, force=True, ignore_permissions=True, ignore_missing=True)
		frappe.db.delete("Deleted Document", {"deleted_doctype": "File", "deleted_name": file})
	# Frappe notes in the history what was attached and removed, by its name.
	about = {"reference_doctype": imports.DOCTYPE, "reference_name": name}
	frappe.db.delete("Comment", {**about, "comment_type": ("in", ("Attachment", "Attachment Removed"))})
	frappe.db.set_value(imports.DOCTYPE, name, {"file": None, **values}, update_modified=False)


def forget_person(rows: Iterable[str], needles: set[str]) -> None:
	"""Empty the rows of an erased person and remove the files he stands in.

	`rows` made or changed something of his; others hold one of `needles`. Files of imports that are at work
	stay until they are done: what is written from them is a new file of his, and is erased like one.
	"""
	named = _rows_with(needles)
	names = sorted({*rows, *named})
	found = {*_imports_with(needles), *_unread_with(needles)}
	for start in range(0, len(names), CHUNK):
		part = names[start : start + CHUNK]
		found |= set(
			frappe.get_all(
				outcomes.DOCTYPE,
				{"name": ("in", part)},
				pluck="clinic_import",
				distinct=True,
				order_by="clinic_import asc",
			)
		)
		_empty(part)
	for name in sorted(found):
		_forget_head(name, needles)


def _rows_with(needles: set[str]) -> list[str]:
	return _holding(outcomes.DOCTYPE, HELD, _written(needles))


def _imports_with(needles: set[str]) -> list[str]:
	return _holding(imports.DOCTYPE, ("head",), sorted(_typed(needles)))


def _unread_with(needles: set[str]) -> list[str]:
	"""Imports that never came to the end of a file which names the person there: neither head nor book tell."""
	unread = {"status": ("in", imports.UNFINISHED), "file": ("is", "set")}
	rows = frappe.get_all(imports.DOCTYPE, unread, ["name", "file", "sheets"], order_by="name asc")
	return [
		row.name
		for row in rows
		if any(
			files.names_one_of(cells, needles)
			for cells in files.all_rows(row.file, json.loads(row.sheets or "[]"))
		)
	]


def _holding(doctype: str, columns: Iterable[str], needles: list[str]) -> list[str]:
	"""Names of documents with one of the strings in one of these columns."""
	if not needles:
		return []
	table = frappe.qb.DocType(doctype)
	either = Criterion.any(table[column].like(_pattern(one)) for column in columns for one in needles)
	return frappe.qb.from_(table).select(table.name).where(either).orderby(table.name).run(pluck=True)


def _typed(needles: set[str]) -> set[str]:
	"""Numbers as they may have been typed: in Persian and in Arabic digits as well."""
	return needles | {one.translate(digits) for one in needles for digits in _DIGITS}


def _written(needles: set[str]) -> list[str]:
	"""Needles as they stand in JSON, which keeps letters beyond ASCII as escapes."""
	typed = _typed(needles)
	return sorted(typed | {json.dumps(one)[1:-1] for one in typed})


def _pattern(needle: str) -> str:
	escaped = needle.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
	return f"%{escaped}%"


def _forget_head(name: str, needles: set[str]) -> None:
	doc = frappe.db.get_value(imports.DOCTYPE, name, ["status", "head"], as_dict=True, for_update=True)
	rows = json.loads(doc.head or "[]")
	kept = [[None] * len(row) if files.names_one_of(row, needles) else row for row in rows]
	values = {"head": json.dumps(kept, ensure_ascii=False) if rows else None}
	if doc.status in imports.WORKING:
		frappe.db.set_value(imports.DOCTYPE, name, values, update_modified=False)
	else:
		if doc.status == imports.DRAFT:
			values |= {"status": imports.CANCELLED, "ended_at": now_datetime()}
		_remove_file(name, values)
