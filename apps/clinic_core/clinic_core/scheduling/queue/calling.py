"""Calls whose turn it is in a queue (G03). Permission-free.

Called is who is in the house, by number; who is called is called once, and again only by name.
"""

import datetime
from typing import Any

import frappe
from frappe import _
from frappe.utils import add_days, get_datetime, getdate, now_datetime

from clinic_core.foundation import live
from clinic_core.foundation.errors import ConflictError, InvalidInputError
from clinic_core.foundation.locks import lock_rows
from clinic_core.scheduling import states

DOCTYPE = "Clinic Appointment"
IN_THE_HOUSE = (states.ARRIVED, states.ADMITTED)
SEEN = frozenset({"In Service", "Done", "Closed"})
"""States of a visit in which nobody has to be called any more."""


def call_next(
	practitioner: str, day: datetime.date | None = None, branch: str | None = None
) -> dict[str, Any]:
	"""Call the lowest number that is in the house and was not called → {appointment, queue_no, called_at}.

	Raises ConflictError when nobody is left to be called.
	"""
	lock_rows([("Clinic Practitioner", practitioner)])
	begin = get_datetime(day or getdate())
	table = frappe.qb.DocType(DOCTYPE)
	query = (
		frappe.qb.from_(table)
		.select(table.name)
		.where((table.practitioner == practitioner) & (table.queue_no > 0))
		.where((table.start >= begin) & (table.start < add_days(begin, 1)))
		.where(table.status.isin(IN_THE_HOUSE) & table.called_at.isnull())
		.orderby(table.start)
		.orderby(table.queue_no)
		.limit(1)
		.for_update()
	)
	if branch:
		query = query.where(table.branch == branch)
	found = query.run(pluck=True)
	if not found:
		frappe.throw(_("Nobody of this queue is waiting to be called."), ConflictError)
	return _called(found[0])


def call(appointment: str) -> dict[str, Any]:
	"""Call one number, also once more. Raises InvalidInputError when it is no number or not in the house."""
	row = frappe.db.get_value(DOCTYPE, appointment, ["queue_no", "status"], as_dict=True, for_update=True)
	if not row or not row.queue_no:
		frappe.throw(_("This appointment has no number in a queue."), InvalidInputError)
	if row.status not in IN_THE_HOUSE:
		frappe.throw(
			_("The patient is not here: the appointment is {0}.").format(_(row.status)), InvalidInputError
		)
	return _called(appointment)


def _called(appointment: str) -> dict[str, Any]:
	now = now_datetime().replace(microsecond=0)
	frappe.db.set_value(DOCTYPE, appointment, "called_at", now, update_modified=False)
	live.changed(DOCTYPE, appointment)
	number = frappe.db.get_value(DOCTYPE, appointment, "queue_no")
	return {"appointment": appointment, "queue_no": number, "called_at": str(now)}


def on_visit_status(events: list[dict[str, Any]]) -> None:
	"""Handler of `clinic_on_visit_status`: who is being seen need not be called. One statement."""
	names = sorted({e["appointment"] for e in events if e.get("appointment") and e.get("new") in SEEN})
	if not names:
		return
	table = frappe.qb.DocType(DOCTYPE)
	(
		frappe.qb.update(table)
		.set(table.called_at, now_datetime())
		.where(table.name.isin(names) & (table.queue_no > 0) & table.called_at.isnull())
		.run()
	)
