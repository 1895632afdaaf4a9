"""An appointment that comes back every week (F13): all of its dates are booked, or none.

A course that was bought has its session plan (`planner/`); this is for what is agreed from visit to visit, such
as a group every Sunday. Each date goes through `booking` as any other, so every rule holds.
"""

import datetime
from typing import Any

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import get_datetime

from clinic_core.foundation.digits import in_language
from clinic_core.foundation.errors import InvalidInputError, SlotTakenError, refuse_input
from clinic_core.foundation.locks import lock_rows
from clinic_core.foundation.shown_days import shown_moment
from clinic_core.scheduling import booking, records, states

DOCTYPE = "Clinic Appointment"
MOST_TIMES, MOST_WEEKS = 26, 12
MOST_TOLD = 5
_SAVEPOINT = "clinic_series"


def repeat(appointment: str, times: int, every_weeks: int = 1) -> list[Document]:
	"""Book the same again `times` more times, `every_weeks` weeks apart; returns what was booked.

	If one date cannot be booked, none is: the error names every date that fails and why, and the response has
	`failed` [{start, problem}]. Raises InvalidInputError, or SlotTakenError when all that is wrong is that times
	are taken.
	"""
	if not 1 <= times <= MOST_TIMES:
		refuse_input(
			_("How many more times"),
			_("Please enter a number from {0} to {1}.").format(*_numbers(1, MOST_TIMES)),
		)
	if not 1 <= every_weeks <= MOST_WEEKS:
		refuse_input(
			_("Weeks between"), _("Please enter a number from {0} to {1}.").format(*_numbers(1, MOST_WEEKS))
		)
	doc = _locked(appointment)
	starts = [
		get_datetime(doc.start) + datetime.timedelta(weeks=every_weeks * number)
		for number in range(1, times + 1)
	]
	return _book_all(doc, starts)


def _locked(appointment: str) -> Document:
	"""The appointment with everybody its dates will lock."""
	row = frappe.db.get_value(
		DOCTYPE, appointment, ["patient", "practitioner", "service"], as_dict=True, for_update=True
	)
	if not row:
		frappe.throw(_("Appointment {0} not found").format(appointment), frappe.DoesNotExistError)
	names = {row.practitioner, *(records.operators() if records.is_staged(row.service) else ())}
	lock_rows([("Clinic Patient", row.patient), *(("Clinic Practitioner", name) for name in names)])
	doc = frappe.get_doc(DOCTYPE, appointment)
	if doc.status not in states.OCCUPYING - {states.HELD}:
		refuse_input(_("Appointment"), _("An appointment that is {0} is not repeated.").format(_(doc.status)))
	if doc.session:
		refuse_input(
			_("Appointment"), _("It is a session of a plan: the other sessions are booked in the plan.")
		)
	if len(doc.steps) > 1 and not any(step.stage for step in doc.steps):
		refuse_input(_("Appointment"), _("One with several services or people is not repeated."))
	return doc


def _book_all(doc: Document, starts: list[datetime.datetime]) -> list[Document]:
	made, failed, only_taken = [], [], True
	frappe.db.savepoint(_SAVEPOINT)
	for start in starts:
		# A date that fails leaves nothing; the ones after it are tried, so that all problems are told at once.
		frappe.db.savepoint(f"{_SAVEPOINT}_date")
		try:
			made.append(_book(doc, start))
		except (InvalidInputError, SlotTakenError) as problem:
			frappe.db.rollback(save_point=f"{_SAVEPOINT}_date")
			frappe.clear_last_message()
			failed.append({"start": str(start), "problem": str(problem)})
			only_taken = only_taken and isinstance(problem, SlotTakenError)
	if failed:
		frappe.db.rollback(save_point=_SAVEPOINT)
		_refuse(failed, len(starts), only_taken)
	return made


def _book(doc: Document, start: datetime.datetime) -> Document:
	return booking.book(
		doc.patient,
		doc.service,
		doc.practitioner,
		start,
		doc.branch,
		origin_doctype=doc.origin_doctype,
		origin_name=doc.origin_name,
		note=doc.note,
		area=doc.area,
		resource=doc.own_resource,
	)


def _refuse(failed: list[dict[str, Any]], asked: int, only_taken: bool) -> None:
	frappe.local.response["failed"] = failed
	lines = "; ".join(f"{shown_moment(row['start'])}: {row['problem']}" for row in failed[:MOST_TOLD])
	problem = _("Nothing was booked: {0} of {1} dates do not work.").format(*_numbers(len(failed), asked))
	if only_taken:
		frappe.throw(f"{problem} {lines}", SlotTakenError, title=_("Time taken"))
	refuse_input(_("Repeat"), f"{problem} {lines}")


def _numbers(*values: int) -> list[str]:
	return [in_language(str(value), frappe.local.lang) for value in values]
