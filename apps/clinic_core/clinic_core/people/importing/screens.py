"""What the page of imports shows: kinds, an import with its columns, the first rows as they will be stored."""

import datetime
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

import frappe
from frappe import _

from clinic_core.foundation.table_files import cell_text
from clinic_core.people.importing import cells, columns, engine, files, imports, kind, options, outcomes
from clinic_core.people.importing.engine import Reader
from clinic_core.people.importing.kind import Kind, Run
from clinic_core.people.importing.options import Options
from clinic_core.people.importing.rows import CREATED, FAILED, KEPT, SKIPPED, UPDATED, Row

PREVIEWED = 20
SAMPLES = 3
RECENT = 20


def kinds() -> list[dict[str, Any]]:
	"""What can be imported: {kind, label, hint, is_go_live}."""
	return [
		{"kind": one.key, "label": _(one.label), "hint": _(one.hint), "is_go_live": one.is_go_live}
		for one in kind.all_kinds().values()
	]


def recent() -> list[dict[str, Any]]:
	"""The last imports, newest first, each with its kind in words."""
	rows = frappe.get_all(
		imports.DOCTYPE,
		fields=[
			*("name", "title", "kind", "file_name", "status", "creation", "started_by", "row_count"),
			*("created_count", "updated_count", "skipped_count", "failed_count", "corrects", "beat_at"),
		],
		order_by="creation desc",
		limit=RECENT,
	)
	labels = {one.key: _(one.label) for one in kind.all_kinds().values()}
	return [{**row, "kind_label": labels.get(row.kind, row.kind), "is_silent": _is_lost(row)} for row in rows]


def _is_lost(row: Any) -> bool:
	return row.status in imports.WORKING and imports.is_silent(row)


def state(name: str) -> dict[str, Any]:
	"""An import with all its page needs at its step."""
	doc = frappe.get_doc(imports.DOCTYPE, name)
	chosen = kind.get(doc.kind)
	answer = {
		**{field: doc.get(field) for field in _SHOWN},
		"kind_label": _(chosen.label),
		"is_silent": _is_lost(doc),
		"corrected_by": frappe.get_all(
			imports.DOCTYPE, {"corrects": name}, ["name", "title", "status"], order_by="creation asc"
		),
	}
	if doc.status == imports.DRAFT:
		answer["draft"] = _draft(doc, chosen)
	return answer


_SHOWN = (
	*("name", "title", "kind", "status", "file", "file_name", "encoding", "started_by", "started_at"),
	*("ended_at", "row_count", "created_count", "updated_count", "skipped_count", "failed_count"),
	*("taken_back_count", "kept_count", "take_back_reason", "error", "last_row_no", "cancel_requested"),
	*("is_go_live", "file_total", "control_rows", "control_total", "corrects", "purged_at"),
)


def _draft(doc: Any, chosen: Kind) -> dict[str, Any]:
	wanted = options.from_json(doc.options)
	rows = files.rows_of_head(doc.head)
	header = rows[wanted.header_row] if wanted.header_row < len(rows) else []
	below = rows[wanted.header_row + 1 :]
	return {
		"options": frappe.parse_json(wanted.to_json()),
		"is_remembered": bool(doc.is_remembered),
		"sheets": frappe.parse_json(doc.sheets or "[]"),
		"header": [_heading(header, at, below) for at in range(max(map(len, rows), default=0))],
		"head": [[cell_text(cell) for cell in row[:8]] for row in rows[: columns.LOOKED_AT]],
		"fields": [_field(field) for field in chosen.fields],
		"missing": [_(label) for label in chosen.missing(wanted.columns, wanted.defaults)],
		"duplicates": list(chosen.duplicates),
		"matches": list(chosen.matches),
		"units": engine.unit_choices() if _has_money(chosen) else [],
		"may_create_missing": bool(getattr(chosen, "may_create_missing", False)),
		"has_total": bool(chosen.total_field),
	}


def _heading(header: Sequence[Any], at: int, below: Sequence[Sequence[Any]]) -> dict[str, Any]:
	samples = [cell_text(row[at]) for row in below if at < len(row) and not cells.is_empty(row[at])]
	title = cell_text(header[at]) if at < len(header) else ""
	return {"at": at, "title": title, "samples": samples[:SAMPLES], "is_reason": columns.is_reason(title)}


def _field(field: columns.Field) -> dict[str, Any]:
	return {
		"key": field.key,
		"label": _(field.label),
		"required": field.required,
		"is_dated": field.reader in cells.DATED,
		"is_default": field.is_default,
		"options": field.options,
	}


def _has_money(chosen: Kind) -> bool:
	return any(field.reader in cells.MONEY for field in chosen.fields)


def preview(name: str, wanted: Options) -> dict[str, Any]:
	"""The first rows as they will be stored, with problems per cell → {columns, rows}."""
	doc = frappe.get_doc(imports.DOCTYPE, name)
	chosen = kind.get(doc.kind)
	reader = Reader(chosen, wanted)
	rows = engine.numbered(files.rows_of_head(doc.head), wanted, reader)[:PREVIEWED]
	at_work = Run(doc.name, wanted)
	chosen.begin(at_work)
	engine.settle(at_work, chosen, reader, rows)
	shown = [(row, chosen.shown(at_work, row)) for row in rows]
	used = [
		field
		for field in chosen.fields
		if field.key in wanted.columns
		or any(values.get(field.key) not in (None, "", []) for _r, values in shown)
	]
	return {
		"columns": [{"key": field.key, "label": _(field.label), "reader": field.reader} for field in used],
		"rows": [_preview_row(row, values, used, wanted) for row, values in shown],
	}


def _preview_row(
	row: Row, values: Mapping[str, Any], used: Sequence[columns.Field], wanted: Options
) -> dict[str, Any]:
	return {
		"row": row.number,
		"cells": {
			field.key: {
				"value": _plain(values.get(field.key)),
				"was": cell_text(row.cells.get(field.key)),
				"problems": [one.text for one in row.problems if one.field == field.key],
			}
			for field in used
		},
		"problems": [one.text for one in row.problems if one.field not in {field.key for field in used}],
		"outcome": _expected(row, wanted),
		"note": row.note,
	}


def _expected(row: Row, wanted: Options) -> str:
	if row.problems:
		return FAILED
	if row.outcome:
		return row.outcome
	return UPDATED if row.existing and wanted.duplicates == "Update" else CREATED


def _plain(value: Any) -> Any:
	if isinstance(value, list):
		return [_plain(one) for one in value]
	if isinstance(value, Decimal):
		return float(value)
	if isinstance(value, datetime.datetime | datetime.date | datetime.time):
		return str(value)
	return value


def listed(name: str, outcome: str, after: int = 0, limit: int = 100) -> list[dict[str, Any]]:
	"""Rows of an outcome behind a row number: {row, outcome, reference_doctype, reference_name, reason}."""
	known = (CREATED, UPDATED, SKIPPED, FAILED, KEPT, "Taken Back")
	wanted = [outcome] if outcome in known else list(known)
	return [
		{
			"row": row.row_no,
			"outcome": row.outcome,
			"reference_doctype": row.reference_doctype,
			"reference_name": row.reference_name,
			"reason": row.reason,
		}
		for row in outcomes.of(name, wanted, after, min(limit, 500))
	]
