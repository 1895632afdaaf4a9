"""What practitioners, technicians and assistants earned in a period (A18, F33).

Managers and accountants see everybody; practitioners and operators only themselves, and of each line only
their own part. The figures are those of `front_desk/performance`.
"""

from decimal import Decimal
from typing import Any

import frappe
from clinic_core.foundation import asked_periods
from clinic_core.foundation.errors import refuse_input
from clinic_core.service_catalog.performance import ROLES
from clinic_core.service_catalog.performance_shares import shares
from frappe import _

from clinic_reception.front_desk import branches
from clinic_reception.front_desk.performance import people, shared
from clinic_reception.front_desk.performance.facts import Asked

BY_LINE = "By Line"
_ALWAYS = frozenset({"practitioner_name", "services", "basis", "earned", "reception", "service_name"})


def execute(filters: dict[str, Any] | None = None) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
	"""Columns and rows. Raises frappe.PermissionError, InvalidInputError for a wrong period."""
	given = frappe._dict(filters or {})
	sees_all = _sees_all()
	person = given.practitioner or None
	if not sees_all:
		person = _myself(person)
	_kind, period = asked_periods.asked(given.period, given.from_date, given.to_date)
	role = given.role or None
	if role and role not in ROLES:
		refuse_input(_("Role of the person"), _("Choose one of these: {0}.").format(", ".join(map(_, ROLES))))
	asked = Asked(period, branches.visible(given.branch), given.department or None, person)
	found = shared.lines(asked)
	if given.view == BY_LINE:
		return _with_figures(line_columns(sees_all), _line_rows(found, person, role))
	return _with_figures(person_columns(sees_all), _person_rows(found, person, role))


def _with_figures(
	columns: list[dict[str, Any]], rows: list[dict[str, Any]]
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
	"""Without the columns that are empty in every row: few clinics have marketers and technicians."""
	shown = [
		column
		for column in columns
		if column["fieldname"] in _ALWAYS or any(row.get(column["fieldname"]) for row in rows)
	]
	return shown, rows


def _sees_all() -> bool:
	return not shares.query()


def _myself(asked: str | None) -> str:
	"""The practitioner the reader is. Raises frappe.PermissionError for another, or for none."""
	mine = shares.practitioners_of(frappe.session.user)
	if not mine or (asked and asked not in mine):
		frappe.throw(_("You may see your own performance only."), frappe.PermissionError)
	return mine[0]


def _person_rows(found: list[dict], person: str | None, role: str | None) -> list[dict[str, Any]]:
	rows = [row for row in people.by_person(found, role) if person in (None, row["person"])]
	names = _names({row["person"] for row in rows if row["person"]})
	return [
		{**row, "practitioner": row["person"], "practitioner_name": names.get(row["person"]) or _nobody()}
		for row in rows
	]


def _nobody() -> str:
	return _("No practitioner")


def _line_rows(found: list[dict], person: str | None, role: str | None) -> list[dict[str, Any]]:
	"""One row per line; for one person only his own part of it, and only lines with his role."""
	parts = [one.lower() for one in ROLES if role in (None, one)]
	names = _names({line[part] for line in found for part in parts if line[part]})
	rows = []
	for line in found:
		mine = [part for part in parts if line[part] and person in (None, line[part])]
		if not mine and (person or role):
			continue
		earned = {f"earned_{part}": line["earned"][part] for part in mine}
		rows.append(
			{
				**{key: line[key] for key in _ABOUT},
				**{f"{part}_name": names.get(line[part]) for part in mine},
				**{code: line["earned"][code] for code in ("deduction", "marketer", "referrer", "centre")},
				**earned,
				"earned": sum(earned.values(), Decimal(0)),
				"note": _("The shares are more than the whole: please check them.")
				if line["problem"]
				else None,
			}
		)
	return rows


_ABOUT = (
	*("reception", "reception_no", "posted_at", "patient_name"),
	*("service", "service_name", "action", "quantity", "basis"),
)


def _names(people: set[str]) -> dict[str, str]:
	if not people:
		return {}
	rows = frappe.get_all(
		"Clinic Practitioner",
		filters={"name": ("in", sorted(people))},
		fields=["name", "practitioner_name"],
		order_by="name asc",
	)
	return {row.name: row.practitioner_name for row in rows}


def person_columns(sees_all: bool) -> list[dict[str, Any]]:
	"""Columns of the view by person; the centre's part only for who sees everybody."""
	return [
		_column("practitioner_name", _("Person"), "Data", 200),
		_column("services", _("Services", context="count of performed services"), "Int", 100),
		*_amounts(("basis", "deduction", "marketer", "referrer")),
		*_amounts([f"earned_{role.lower()}" for role in ROLES]),
		*_amounts(("earned", "centre") if sees_all else ("earned",)),
	]


def line_columns(sees_all: bool) -> list[dict[str, Any]]:
	"""Columns of the view by line."""
	names = [_column(f"{role.lower()}_name", _(role), "Data", 140) for role in ROLES]
	return [
		{**_column("reception", _("Reception"), "Link", 160), "options": "Clinic Reception"},
		_column("posted_at", _("Performed at"), "Datetime", 150),
		_column("patient_name", _("Patient"), "Data", 160),
		_column("service_name", _("Service"), "Data", 180),
		_column("action", _("Action"), "Data", 160),
		_column("quantity", _("Quantity"), "Float", 80),
		*names,
		*_amounts(("basis", "deduction", "marketer", "referrer")),
		*_amounts([f"earned_{role.lower()}" for role in ROLES]),
		*_amounts(("earned", "centre") if sees_all else ("earned",)),
		_column("note", _("Note"), "Data", 200),
	]


def _column(fieldname: str, label: str, fieldtype: str, width: int) -> dict[str, Any]:
	return {"fieldname": fieldname, "label": label, "fieldtype": fieldtype, "width": width}


def _amounts(fields: tuple[str, ...] | list[str]) -> list[dict[str, Any]]:
	labels = {
		"basis": _("Basis of performance"),
		"deduction": _("Deductions"),
		"marketer": _("Marketer"),
		"referrer": _("Referrer"),
		"earned_practitioner": _("Earned as practitioner"),
		"earned_technician": _("Earned as technician"),
		"earned_assistant": _("Earned as assistant"),
		"earned": _("Earned in all"),
		"centre": _("Centre"),
	}
	return [_column(field, labels[field], "Currency", 175) for field in fields]
