"""A run: chunks of rows, each with its book-keeping in one transaction, so that it can go on anywhere."""

from collections.abc import Sequence
from typing import Any

import frappe
from frappe.utils import now_datetime

from clinic_core.foundation.boundary import command
from clinic_core.people.importing import engine, files, imports, kind, options, outcomes
from clinic_core.people.importing.engine import Reader
from clinic_core.people.importing.kind import Kind, Run
from clinic_core.people.importing.rows import CREATED, FAILED, SKIPPED, UPDATED, Row

EVENT = "clinic_import"
_COUNTS = {
	CREATED: "created_count",
	UPDATED: "updated_count",
	SKIPPED: "skipped_count",
	FAILED: "failed_count",
}


def run(import_name: str) -> None:
	"""Write what is not settled yet of an import that is to run."""
	doc = frappe.get_doc(imports.DOCTYPE, import_name)
	chosen, wanted = kind.get(doc.kind), options.from_json(doc.options)
	reader = Reader(chosen, wanted)
	rows = engine.numbered(files.read(doc.file, wanted.sheet).rows, wanted, reader)
	command("importing.total", None, lambda: _note_totals(import_name, reader, rows))
	at_work = Run(import_name, wanted)
	chosen.begin(at_work)
	done = outcomes.last_row(import_name)
	waiting = [row for row in rows if row.number > done]
	for start in range(0, len(waiting), chosen.chunk):
		chunk = waiting[start : start + chosen.chunk]
		if not command("importing.chunk", None, lambda chunk=chunk: _write(at_work, chosen, reader, chunk)):
			return
	command("importing.end", None, lambda: _end(import_name, imports.COMPLETE))


def _note_totals(import_name: str, reader: Reader, rows: Sequence[Row]) -> None:
	total = sum((reader.amount(row.cells) for row in rows), start=0)
	values = {"row_count": len(rows), "file_total": float(total)}
	frappe.db.set_value(imports.DOCTYPE, import_name, values, update_modified=False)


def _write(run_: Run, chosen: Kind, reader: Reader, chunk: Sequence[Row]) -> bool:
	"""One chunk. False when the run is to stop: cancelled, or another worker is ahead of this one."""
	doc = frappe.db.get_value(
		imports.DOCTYPE,
		run_.name,
		["status", "cancel_requested", "last_row_no", *_COUNTS.values()],
		as_dict=True,
		for_update=True,
	)
	if doc.status != imports.RUNNING or doc.last_row_no >= chunk[0].number:
		return False
	if doc.cancel_requested:
		_end(run_.name, imports.CANCELLED)
		return False
	rows = [engine.fresh(row) for row in chunk]
	engine.settle(run_, chosen, reader, rows)
	engine.write(run_, chosen, rows)
	counts = outcomes.keep(run_.name, chosen, rows)
	values: dict[str, Any] = {field: doc[field] + counts[outcome] for outcome, field in _COUNTS.items()}
	values |= {"last_row_no": chunk[-1].number, "beat_at": now_datetime()}
	frappe.db.set_value(imports.DOCTYPE, run_.name, values, update_modified=False)
	tell(run_.name)
	return True


def _end(import_name: str, status: str) -> None:
	values = {"status": status, "ended_at": now_datetime()}
	frappe.db.set_value(imports.DOCTYPE, import_name, values)
	tell(import_name)


def fail(import_name: str, error: str) -> None:
	"""A run that broke off says so; what was written stays, and it can be gone on with."""
	values = {"status": imports.FAILED, "ended_at": now_datetime(), "error": error[:1000]}
	frappe.db.set_value(imports.DOCTYPE, import_name, values)
	tell(import_name)


def tell(import_name: str) -> None:
	"""Tell the page that shows this import to ask again; names only."""
	user = frappe.db.get_value(imports.DOCTYPE, import_name, "started_by")
	frappe.publish_realtime(EVENT, {"import": import_name}, user=user, after_commit=True)
