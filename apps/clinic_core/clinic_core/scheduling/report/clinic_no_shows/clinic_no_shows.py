"""How many stayed away: appointments, absences and their share by month, person, service or weekday (D33–D35).

Counts what is over: completed and missed appointments, those of the old calendar included; cancelled ones apart.
"""

from typing import Any

import frappe
from frappe import _
from frappe.query_builder.functions import Count, Sum
from frappe.utils import add_days, getdate
from pypika.queries import QueryBuilder
from pypika.terms import Case

from clinic_core.foundation import branch_scope
from clinic_core.foundation.errors import refuse_input
from clinic_core.scheduling import states

APPOINTMENT = "Clinic Appointment"
MONTH, PRACTITIONER, SERVICE, BRANCH, THROUGH = (
	*("Month", "Practitioner", "Service", "Branch"),
	"Booked through",
)
GROUPS = (MONTH, PRACTITIONER, SERVICE, BRANCH, THROUGH)
CAME = (states.ADMITTED, states.COMPLETED)


def execute(filters: dict[str, Any] | None = None) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
	"""Columns and rows, the most absences first. Raises InvalidInputError for a wrong period or group."""
	given = frappe._dict(filters or {})
	first = getdate(given.from_date) if given.from_date else None
	last = getdate(given.to_date) if given.to_date else None
	if first and last and first > last:
		refuse_input(_("From date"), _("It must not be after the last day."))
	group = given.group_by or MONTH
	if group not in GROUPS:
		refuse_input(_("Group by"), _("Choose one of these: {0}.").format(", ".join(map(_, GROUPS))))
	rows = _query(group, first, last, branch_scope.narrow(given.branch or None)).run(as_dict=True)
	for row in rows:
		over = int(row.came or 0) + int(row.missed or 0)
		row.update(over=over, percent=round(100 * int(row.missed or 0) / over, 1) if over else 0)
	key = (lambda row: row.label or "") if group == MONTH else (lambda row: (-row.missed, row.label or ""))
	return columns(group), sorted(rows, key=key)


def _query(group: str, first: Any, last: Any, branches: list[str] | None) -> QueryBuilder:
	table = frappe.qb.DocType(APPOINTMENT)
	query = frappe.qb.from_(table)
	if group in (PRACTITIONER, SERVICE, BRANCH):
		doctype, title = {
			PRACTITIONER: ("Clinic Practitioner", "practitioner_name"),
			SERVICE: ("Clinic Service", "service_name"),
			BRANCH: ("Clinic Branch", "title"),
		}[group]
		field = table[group.lower()]
		master = frappe.qb.DocType(doctype)
		query = query.left_join(master).on(master.name == field).select(master[title].as_("label"))
		query = query.groupby(field, master[title])
	else:
		field = table.jalali_month if group == MONTH else table.booked_through
		query = query.select(field.as_("label")).groupby(field)
	query = query.select(
		Sum(Case().when(table.status.isin(CAME), 1).else_(0)).as_("came"),
		Sum(Case().when(table.status == states.NO_SHOW, 1).else_(0)).as_("missed"),
		Sum(Case().when(table.status == states.CANCELLED, 1).else_(0)).as_("cancelled"),
		Count("*").as_("total"),
	).where(table.status.isin((*CAME, states.NO_SHOW, states.CANCELLED)))
	if first:
		query = query.where(table.start >= first)
	if last:
		query = query.where(table.start < add_days(last, 1))
	return query.where(table.branch.isin(branches)) if branches is not None else query


def columns(group: str) -> list[dict[str, Any]]:
	"""The columns of the report."""
	return [
		{"fieldname": "label", "label": _(group), "fieldtype": "Data", "width": 220},
		{"fieldname": "over", "label": _("Appointments that are over"), "fieldtype": "Int", "width": 170},
		{"fieldname": "came", "label": _("Came"), "fieldtype": "Int", "width": 100},
		{"fieldname": "missed", "label": _("Did not come"), "fieldtype": "Int", "width": 120},
		{"fieldname": "percent", "label": _("Share of absences"), "fieldtype": "Percent", "width": 140},
		{"fieldname": "cancelled", "label": _("Cancelled"), "fieldtype": "Int", "width": 110},
	]
