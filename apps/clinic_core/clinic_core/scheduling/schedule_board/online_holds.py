"""What visitors hold on /book at this moment, as the Schedule page shows it (F05): which time, until when.

Nobody is known yet who could be named, and the secret of the browser stays where it is.
"""

import datetime
from collections import defaultdict
from typing import Any

import frappe
from frappe.utils import now_datetime

from clinic_core.foundation import live
from clinic_core.scheduling import claims
from clinic_core.scheduling.cells import CELL_MINUTES, floor_cell, moment_of
from clinic_core.scheduling.schedule_board import layout
from clinic_core.scheduling.schedule_board.asked import Asked
from clinic_core.scheduling.slots import patient_key, practitioner_key, resource_key

APPOINTMENT = "Clinic Appointment"


def of(asked: Asked) -> list[dict[str, Any]]:
	"""Rows {key, start, end, until, seconds}: a column, its time, and until when it is held. One query.

	`seconds` is the same as `until` for a browser whose clock is wrong. Columns are not looked at: who shows
	them leaves out those of nobody's.
	"""
	now = now_datetime()
	found = []
	for (key, until), cells in _cells(asked, now).items():
		spans = layout.union((cell * CELL_MINUTES, (cell + 1) * CELL_MINUTES) for cell in cells)
		for start, end in spans:
			found.append(
				{
					"key": key,
					"start": str(moment_of(start)),
					"end": str(moment_of(end)),
					"until": str(until)[:19],
					"seconds": max(int((until - now).total_seconds()), 0),
				}
			)
	return sorted(found, key=lambda row: (row["start"], row["key"]))


def changed() -> None:
	"""Tell the boards that a visitor holds a time, or does not any more.

	Nobody may read claims, so it is said where those listen who may read appointments.
	"""
	live.changed(claims.DOCTYPE, "", room_of=APPOINTMENT)


def _cells(asked: Asked, now: datetime.datetime) -> dict[tuple[str, datetime.datetime], list[int]]:
	"""The cells visitors hold, by column and end of the hold. An index leads to them, however full the day is."""
	table = frappe.qb.DocType(claims.DOCTYPE)
	begin, end = asked.minutes
	query = (
		frappe.qb.from_(table)
		.select(table.resource_key, table.hold_until, table.cell)
		.where(table.appointment.like(f"{claims.VISITOR}%") & (table.hold_until >= now))
		.where(table.cell[floor_cell(begin) : floor_cell(end) - 1])
		.where(table.resource_key.not_like(patient_key("%")))
	)
	if asked.practitioner:
		query = query.where(table.resource_key == practitioner_key(asked.practitioner))
	elif asked.resource:
		query = query.where(table.resource_key == resource_key(asked.resource))
	cells = defaultdict(list)
	for key, until, cell in query.run():
		cells[key, until].append(cell)
	return cells
