"""Charts that count documents by one field, with the labels people read.

Frappe's own "Group By" charts show stored values: English options, and codes instead of titles. A
chart of the source "Clinic Counts" is described by the same fields of its Dashboard Chart record
(`document_type`, `group_by_based_on`, `filters_json`) and answered by `of`.
"""

import json
from collections.abc import Iterable
from typing import Any

import frappe
from frappe import _

from clinic_core.foundation import compat
from clinic_core.foundation.errors import refuse_input

SOURCE = "Clinic Counts"
MOST_LABELS = 6  # as many as have room under a chart of full width


@frappe.read_only()
def of(chart_name: str) -> dict[str, Any] | None:
	"""What Frappe draws for a Dashboard Chart of our source; None when there is nothing to count.

	Counts what the user may see. Raises frappe.PermissionError if he may not see the DocType at all,
	InvalidInputError for a chart of another source.
	"""
	chart = frappe.get_cached_doc("Dashboard Chart", chart_name)
	if chart.source != SOURCE:
		refuse_input(_("Chart"), _("This chart does not count documents."))
	filters = json.loads(chart.filters_json or "[]")
	rows = with_rest(counts_by(chart.document_type, chart.group_by_based_on, filters), _("Others"))
	if not rows:
		return None
	return {
		"labels": [label for label, _count in rows],
		"datasets": [{"name": _(chart.document_type), "values": [count for _label, count in rows]}],
	}


def with_rest(rows: list[tuple[str, int]], rest: str) -> list[tuple[str, int]]:
	"""The rows, the smallest put together as `rest` where there are more than fit under a chart."""
	if len(rows) <= MOST_LABELS:
		return rows
	shown = MOST_LABELS - 1
	return [*rows[:shown], (rest, sum(count for _label, count in rows[shown:]))]


def counts_by(doctype: str, field: str, filters: list) -> list[tuple[str, int]]:
	"""(label, count) of the documents the user may see, most frequent first; two queries at most.

	Through the function behind the desk's own "Group by"; permissions are those of a list.
	"""
	rows = compat.counts_by_field(doctype, json.dumps(filters), field)
	labels = _labels(doctype, field, [row.name for row in rows if row.name])
	return [(labels.get(row.name) or _("Not specified"), row.count) for row in rows]


def _labels(doctype: str, field: str, values: Iterable[str]) -> dict[str, str]:
	"""Titles of linked documents, translated options of everything else."""
	df = frappe.get_meta(doctype).get_field(field)
	title_field = frappe.get_meta(df.options).title_field if df.fieldtype == "Link" else None
	if not title_field:
		return {value: _(value) for value in values}
	rows = frappe.get_all(
		df.options, filters={"name": ("in", list(values))}, fields=["name", title_field], order_by="name asc"
	)
	return {row.name: row[title_field] or row.name for row in rows}
