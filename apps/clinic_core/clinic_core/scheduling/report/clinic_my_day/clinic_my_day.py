"""A practitioner's own day: who comes when, for what, in which state, with alerts and the next time (E143, E164).

Whoever is a practitioner sees the own day; the front desk and managers choose whose.
"""

import datetime
from typing import Any

import frappe
from frappe import _
from frappe.query_builder.functions import Min
from frappe.utils import add_days, get_datetime, getdate

from clinic_core.foundation import roles
from clinic_core.people import own_patients
from clinic_core.scheduling import day_list, states

APPOINTMENT = "Clinic Appointment"
CHOOSERS = frozenset({roles.MANAGER, roles.SUPERVISOR, roles.RECEPTIONIST, roles.CONSULTANT})
_HIDDEN = frozenset({states.CANCELLED, states.HELD})


def execute(filters: dict[str, Any] | None = None) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
	"""Columns and rows of one day. Raises frappe.PermissionError for the day of somebody else."""
	given = frappe._dict(filters or {})
	day = getdate(given.date)
	practitioner = _whose(given.practitioner or None)
	rows = [
		row
		for row in day_list.appointments_of(day, practitioner=practitioner)
		if row["status"] not in _HIDDEN
	]
	later = _next({row["patient"] for row in rows}, day)
	for row in rows:
		row["alerts"] = " · ".join(alert["text"] for alert in row["alerts"])
		row["next_start"] = later.get(row["patient"])
		row["is_new"] = "" if row["is_returning"] else _("New patient")
	return columns(with_practitioner=practitioner is None), rows


def _whose(asked: str | None) -> str | None:
	"""The practitioner whose day is shown; None for everybody's."""
	mine = own_patients.practitioners_of(frappe.session.user)
	if frappe.session.user == "Administrator" or CHOOSERS & set(frappe.get_roles()):
		return asked or (mine[0] if mine else None)
	if not mine:
		frappe.throw(
			_("Your login is no practitioner. A manager sets it in the practitioner's form."),
			frappe.PermissionError,
		)
	if asked and asked not in mine:
		frappe.throw(_("You may see your own day only."), frappe.PermissionError)
	return mine[0]


def _next(patients: set[str], day: datetime.date) -> dict[str, Any]:
	"""When each of them comes again after this day. One query."""
	if not patients:
		return {}
	table = frappe.qb.DocType(APPOINTMENT)
	query = (
		frappe.qb.from_(table)
		.select(table.patient, Min(table.start))
		.where(table.patient.isin(sorted(patients)) & table.status.isin(sorted(states.EXPECTED)))
		.where(table.start >= add_days(get_datetime(day), 1))
		.groupby(table.patient)
	)
	return dict(query.run())


def columns(with_practitioner: bool) -> list[dict[str, Any]]:
	"""The columns; the practitioner's only where several stand in one list."""
	found = [
		_column("start", _("Time"), "Datetime", 90),
		_column("full_name", _("Patient"), "Data", 180),
		_column("file_no", _("File number"), "Data", 100),
		_column("service_name", _("Service"), "Data", 180),
		_column("status", _("Status"), "Data", 110),
		_column("alerts", _("Alerts"), "Data", 220),
		_column("is_new", _("New"), "Data", 100),
		_column("next_start", _("Next appointment"), "Datetime", 170),
		_column("note", _("Note"), "Data", 200),
	]
	if with_practitioner:
		found.insert(1, _column("practitioner_name", _("Practitioner"), "Data", 160))
	return found


def _column(fieldname: str, label: str, fieldtype: str, width: int) -> dict[str, Any]:
	return {"fieldname": fieldname, "label": label, "fieldtype": fieldtype, "width": width}
