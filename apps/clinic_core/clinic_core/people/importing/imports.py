"""The life of an import: begun with a file, chosen, run, cancelled, gone on with, taken back.

Permission-free; the endpoints have asked. What happens to rows is in `engine`, `running` and `undoing`.
"""

from typing import Any

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import get_datetime, now_datetime

from clinic_core.foundation.errors import ConflictError, refuse_input
from clinic_core.foundation.shown_days import shown_day
from clinic_core.people.importing import columns, dates, files, kind, mappings, options, sentences
from clinic_core.people.importing.kind import Kind
from clinic_core.people.importing.options import Options

DOCTYPE = "Clinic Import"
DRAFT, RUNNING, COMPLETE, CANCELLED, FAILED = "Draft", "Running", "Complete", "Cancelled", "Failed"
TAKING_BACK, TAKEN_BACK = "Taking Back", "Taken Back"
WORKING = frozenset({RUNNING, TAKING_BACK})
UNFINISHED = (DRAFT, CANCELLED, FAILED)
"""Some rows of the file may not be in the book."""
SILENT_SECONDS = 180
"""A run that said nothing for so long has lost its worker."""


def begin(kind_key: str, file_url: str, corrects: str | None = None) -> Document:
	"""A draft with a file, columns matched as far as they are known. Raises InvalidInputError."""
	chosen = kind.get(kind_key)
	file = files.own_file(file_url)
	first = frappe.get_doc(DOCTYPE, corrects) if corrects else None
	if first and (first.kind != kind_key or first.status in (DRAFT, *WORKING)):
		refuse_input(_("Corrected file"), _("Choose the finished import whose rows were corrected."))
	doc = frappe.new_doc(DOCTYPE)
	doc.update(
		{
			"title": f"{_(chosen.label)} – {file.file_name}"[:140],
			"kind": kind_key,
			"file": file_url,
			"file_name": file.file_name,
			"status": DRAFT,
			"corrects": corrects,
			"is_go_live": int(chosen.is_go_live),
		}
	)
	_look(doc, chosen, Options(), options.from_json(first.options) if first else None)
	save(doc)
	if not file.attached_to_name:
		file.db_set({"attached_to_doctype": DOCTYPE, "attached_to_name": doc.name})
	return doc


def save(doc: Document) -> None:
	"""Write an import; nobody else does."""
	doc.flags.by_importing = True
	doc.save(ignore_permissions=True)


def _look(doc: Document, chosen: Kind, wanted: Options, before: Options | None = None) -> None:
	"""Read the file once: sheets, first rows, headings; columns from memory or by their names."""
	table = files.read(doc.file, wanted.sheet)
	labels = {field.key: _(field.label) for field in chosen.fields}
	at = columns.header_row(table.rows, chosen.fields, labels) or 0
	header = table.rows[at] if table.rows else []
	if twice := columns.twice(header):
		sentences.refuse_heading_twice(twice)
	count = files.filled(table.rows[at + 1 :])
	if not count:
		refuse_input(_("File"), _("It has headings only, no rows below them."))
	doc.sheets, doc.head = frappe.as_json(list(table.sheets)), files.head_of(table)
	doc.row_count, doc.encoding = count, table.encoding
	known = mappings.recall(chosen.key, header)
	found = Options(sheet=table.sheet, header_row=at)
	doc.is_remembered = int(bool(known))
	if known:
		found = known.changed(sheet=table.sheet, header_row=at)
	elif before:
		found = before.changed(sheet=table.sheet, header_row=at)
	if not known:
		found = found.changed(columns=columns.propose(header, chosen.fields, labels))
		found = found.changed(date_styles=_styles(chosen, found, table.rows[at + 1 :]))
	doc.options = found.to_json()


def _styles(chosen: Kind, found: Options, rows: list) -> dict[str, str]:
	today = frappe.utils.getdate()
	dated = [field.key for field in chosen.fields if field.reader in ("date", "moment")]
	return {
		key: dates.detect([row[at] for row in rows[:500] if at < len(row)], today)
		for key, at in found.columns.items()
		if key in dated
	}


def draft(name: str) -> Document:
	"""A draft, locked. Raises ConflictError once it has begun."""
	doc = frappe.get_doc(DOCTYPE, name, for_update=True)
	if doc.status != DRAFT:
		frappe.throw(_("This import has begun already."), ConflictError)
	return doc


def choose(name: str, wanted: Options) -> Document:
	"""Keep what the manager chose. Another sheet or headings in another row are looked at anew."""
	doc = draft(name)
	chosen, before = kind.get(doc.kind), options.from_json(doc.options)
	if wanted.sheet and wanted.sheet != before.sheet:
		_look(doc, chosen, Options(sheet=wanted.sheet))
	elif wanted.header_row != before.header_row:
		_choose_header_row(doc, chosen, wanted)
	else:
		doc.options = _dated(doc, chosen, wanted, before).to_json()
	save(doc)
	return doc


def _choose_header_row(doc: Document, chosen: Kind, wanted: Options) -> None:
	rows = files.rows_of_head(doc.head)
	at = wanted.header_row
	header = rows[at] if at < len(rows) else []
	if not header:
		refuse_input(_("Headings"), _("This row is empty. Choose the row with the headings."))
	if twice := columns.twice(header):
		sentences.refuse_heading_twice(twice)
	labels = {field.key: _(field.label) for field in chosen.fields}
	found = wanted.changed(columns=columns.propose(header, chosen.fields, labels))
	doc.options = found.changed(date_styles=_styles(chosen, found, rows[at + 1 :])).to_json()


def _dated(doc: Document, chosen: Kind, wanted: Options, before: Options) -> Options:
	"""A column that has just become a date shows what its dates look like."""
	moved = {key: at for key, at in wanted.columns.items() if before.columns.get(key) != at}
	if not moved:
		return wanted
	rows = files.rows_of_head(doc.head)[wanted.header_row + 1 :]
	found = _styles(chosen, wanted.changed(columns=moved), rows)
	return wanted.changed(date_styles={**wanted.date_styles, **found})


def start(name: str, wanted: Options, control_rows: int | None, control_total: float | None) -> Document:
	"""Run a draft. Raises InvalidInputError for what is missing, ConflictError if one of its kind runs."""
	doc = draft(name)
	chosen = kind.get(doc.kind)
	rows = files.rows_of_head(doc.head)
	header = rows[wanted.header_row] if wanted.header_row < len(rows) else []
	if missing := chosen.missing(wanted.columns, wanted.defaults):
		_refuse_missing(missing)
	_refuse_second_run(doc)
	mappings.remember(doc.kind, header, wanted)
	doc.options = wanted.to_json()
	doc.control_rows, doc.control_total = control_rows or 0, control_total or 0
	doc.started_by, doc.started_at, doc.ended_at = frappe.session.user, now_datetime(), None
	_work(doc, RUNNING)
	return doc


def _refuse_missing(missing: list[str]) -> None:
	words = _(", ", context="between names").join(f"“{_(label)}”" for label in missing)
	refuse_input(
		_("Columns"), _("No column is chosen for {0}. Choose it, or add it to the file.").format(words)
	)


def _refuse_second_run(doc: Document) -> None:
	"""Two of a kind at once could both write what the other does not see yet."""
	other = frappe.db.get_value(
		DOCTYPE,
		{"kind": doc.kind, "status": ("in", sorted(WORKING)), "name": ("!=", doc.name)},
		"title",
		for_update=True,
	)
	if other:
		frappe.throw(_("“{0}” is at work. Wait until it is done.").format(other), ConflictError)


def cancel(name: str) -> Document:
	"""Stop after the chunk that is being written; what was written stays and can be taken back."""
	doc = frappe.get_doc(DOCTYPE, name, for_update=True)
	if doc.status != RUNNING:
		frappe.throw(_("This import is not running."), ConflictError)
	if is_silent(doc):
		doc.status, doc.ended_at = CANCELLED, now_datetime()
	doc.cancel_requested = 1
	save(doc)
	return doc


def resume(name: str) -> Document:
	"""Go on behind the last row that was settled: after a cancel, a failure or a lost worker."""
	doc = frappe.get_doc(DOCTYPE, name, for_update=True)
	refuse_purged(doc)
	if doc.status in (CANCELLED, FAILED):
		_refuse_second_run(doc)
	elif not (doc.status in WORKING and is_silent(doc)):
		frappe.throw(_("There is nothing to go on with."), ConflictError)
	is_back = doc.status == TAKING_BACK or doc.take_back_reason
	if not is_back and not doc.file:
		frappe.throw(
			_("The file of this import was removed: it named somebody whose data was erased."), ConflictError
		)
	_work(doc, TAKING_BACK if is_back else RUNNING)
	return doc


def take_back(name: str, reason: str) -> Document:
	"""Undo what nobody used since. Raises InvalidInputError without a reason."""
	doc = frappe.get_doc(DOCTYPE, name, for_update=True)
	refuse_purged(doc)
	if not (reason or "").strip():
		refuse_input(_("Reason"), _("Please say why."))
	if doc.status not in (COMPLETE, CANCELLED, FAILED, TAKEN_BACK):
		frappe.throw(_("Only a finished import is taken back."), ConflictError)
	_refuse_second_run(doc)
	doc.take_back_reason = reason.strip()
	_work(doc, TAKING_BACK)
	return doc


def refuse_purged(doc: Any) -> None:
	"""Raises ConflictError for an import whose file and rows were removed after their time."""
	if doc.purged_at:
		frappe.throw(
			_("The file and the rows of this import were removed on {0}, as the settings say.").format(
				shown_day(doc.purged_at)
			),
			ConflictError,
		)


def _work(doc: Document, status: str) -> None:
	doc.update({"status": status, "cancel_requested": 0, "error": None, "beat_at": now_datetime()})
	save(doc)
	enqueue(doc.name)


def enqueue(name: str) -> None:
	"""Hand an import to a worker after the commit.

	Each attempt has a job of its own: that of a killed worker is thought to run for a long time. Should
	both be alive, the one that is behind stops by itself (`running`).
	"""
	attempts = (frappe.db.get_value(DOCTYPE, name, "attempts") or 0) + 1
	frappe.db.set_value(DOCTYPE, name, "attempts", attempts, update_modified=False)
	frappe.enqueue(
		"clinic_core.people.importing.jobs.work",
		queue="long",
		timeout=6 * 60 * 60,
		job_id=f"clinic_import:{name}:{attempts}",
		deduplicate=True,
		enqueue_after_commit=True,
		import_name=name,
	)


def is_silent(doc: Any) -> bool:
	"""Whether a run has lost its worker."""
	last = get_datetime(doc.beat_at) if doc.beat_at else None
	return not last or (now_datetime() - last).total_seconds() > SILENT_SECONDS
