"""Charts that count documents by one field, with the labels people read.

Frappe's own "Group By" charts show stored values: English options, and codes instead of titles. A
chart of the source "Clinic Counts" is described by the same fields of its Dashboard Chart record
(`document_type`, `group_by_based_on`, `filters_json`) and answered by `of`. Its charts over time fetch
every moment and label the axis in the Gregorian calendar; ours (`timeseries`, `based_on`,
`time_interval`) count each day or week by its index, with the dates the reader knows. Grouped by
`jalali_month` they show the months in their order.
"""

import datetime
import json
from collections.abc import Iterable
from typing import Any

import frappe
from frappe import _, get_system_settings
from frappe.utils import formatdate, getdate

from clinic_core.foundation import compat, digits
from clinic_core.foundation.chart_periods import periods
from clinic_core.foundation.errors import refuse_input
from clinic_core.foundation.jalali import jalali_day, jalali_month, month_start
from clinic_core.foundation.user_calendar import preference, shown

SOURCE = "Clinic Counts"
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
JALALI_MONTH = "jalali_month"
MONTHS = 12
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
	if chart.timeseries:
		rows = counts_over_time(chart.document_type, chart.based_on, chart.time_interval, filters)
	else:
		field = chart.group_by_based_on
		rows = counts_by(chart.document_type, field, filters)
		if field != JALALI_MONTH:
			rows = with_rest(rows, _("Others"))
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


def counts_over_time(doctype: str, field: str, interval: str, filters: list) -> list[tuple[str, int]]:
	"""(first day, count) of each of the last days or weeks, the current one last; one query for each."""
	first_day = get_system_settings("first_day_of_the_week") or "Sunday"
	first_weekday = WEEKDAYS.index("Saturday" if preference.is_jalali() else first_day)
	rows = []
	for start, end in periods(interval, getdate(), first_weekday):
		within = [[doctype, field, ">=", str(start)], [doctype, field, "<", str(end)]]
		rows.append((day_label(start), compat.count_in_list(doctype, [*filters, *within])))
	return rows


def day_label(day: datetime.date) -> str:
	"""A day on the axis of a chart, in the reader's calendar."""
	if preference.is_jalali():
		return digits.with_digits(jalali_day(day), frappe.local.lang)
	return formatdate(day, "d MMM")


def counts_by(doctype: str, field: str, filters: list) -> list[tuple[str, int]]:
	"""(label, count) of the documents the user may see, most frequent first, months in their order.

	Two queries at most.

	Through the function behind the desk's own "Group by"; permissions are those of a list.
	"""
	if field == JALALI_MONTH:
		return _counts_by_month(doctype, filters)
	rows = compat.counts_by_field(doctype, json.dumps(filters), field)
	labels = _labels(doctype, field, [row.name for row in rows if row.name])
	return [(labels.get(row.name) or _("Not specified"), row.count) for row in rows]


def _counts_by_month(doctype: str, filters: list) -> list[tuple[str, int]]:
	"""The last twelve Jalali months that have any, by the month stored with them: `1405-08` sorts as text."""
	since = jalali_month(month_start(getdate(), 1 - MONTHS))
	within = [*filters, [doctype, JALALI_MONTH, ">=", since]]
	rows = compat.counts_by_field(doctype, json.dumps(within), JALALI_MONTH)
	known = sorted((row.name, row.count) for row in rows if row.name)[-MONTHS:]
	return [(shown.month_label(month), count) for month, count in known]


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
