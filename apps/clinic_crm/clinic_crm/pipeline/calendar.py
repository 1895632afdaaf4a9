"""Activities as the desk's calendar shows them (C024). Asks as the user."""

from typing import Any

import frappe
from frappe.utils import getdate

from clinic_crm.pipeline.states import DONE

COLOURS = {"Low": "#9aa5b1", "Normal": "#2490ef", "Important": "#e24c4c"}
DONE_COLOUR = "#48a868"
LIMIT = 1000


def events(start: Any, end: Any, filters: list | None = None) -> list[dict[str, Any]]:
	"""Events {name, title, start, end, all_day, color} between two days.

	`end` is the last day: the framework draws one day more, as its library wants it.
	"""
	wanted = [*(filters or []), ["date", "<=", getdate(end)]]
	rows = frappe.get_list(
		"Clinic Activity",
		filters=wanted,
		or_filters=[["date", ">=", getdate(start)], ["end_date", ">=", getdate(start)]],
		fields=["name", "title", "person_name", "date", "end_date", "status", "priority"],
		order_by="date asc",
		limit_page_length=LIMIT,
		ignore_ifnull=not filters,  # an index serves the bare column only
	)
	return [
		{
			"name": row.name,
			"title": " · ".join(text for text in (row.title, row.person_name) if text),
			"start": row.date,
			"end": row.end_date or row.date,
			"all_day": 1,
			"color": DONE_COLOUR if row.status == DONE else COLOURS.get(row.priority),
		}
		for row in rows
	]
