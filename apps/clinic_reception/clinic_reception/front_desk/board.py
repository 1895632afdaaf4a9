"""The flow board of a day (D02, D03): constant queries, whatever the number of patients.

The user's own permissions decide which appointments and visits are seen; amounts only for roles
that may see money (`access.py`).
"""

import datetime
from collections import defaultdict
from typing import Any

import frappe
from clinic_core.foundation import branch_scope
from clinic_core.people import phones
from clinic_core.people.alerts import alerts
from clinic_core.people.consent import service_consents
from clinic_core.people.patient_file import returning
from clinic_core.people.tags import chips
from clinic_core.scheduling import day_list
from clinic_core.scheduling.policies import reliability
from frappe.query_builder.functions import Count
from frappe.utils import add_days, get_datetime, getdate

from clinic_reception import access
from clinic_reception.front_desk.states import CANCELLED, CLOSED, CONSULTATION, DONE, TREATMENT, WAITING
from clinic_reception.statement import warnings

EXPECTED = frozenset({"Booked", "Confirmed", "Arrived", "No Show"})
MAX_ROWS = 1000
_VISIT_FIELDS = [
	"name as visit",
	"visit_no",
	"patient",
	"patient.full_name as full_name",
	"patient.file_no as file_no",
	"patient.mobile as mobile",
	"patient.alerts as alerts",
	"patient.first_visit_on as first_visit_on",
	"visit_type",
	"status",
	"arrived_at",
	"practitioner",
	"practitioner.practitioner_name as practitioner_name",
	"department",
	"department.title as department_title",
	"appointment",
	"is_immediate",
	"appointment.practitioner as queue_practitioner",
	"appointment.queue_no as queue_no",
	"appointment.called_at as called_at",
]


def board(date: datetime.date | str | None = None, branch: str | None = None) -> dict[str, list[dict]]:
	"""Rows of {appointments, reception, consultation, treatment, done} of one day (today)."""
	day = getdate(date)
	appointments = [row for row in day_list.appointments_of(day, branch) if row["status"] in EXPECTED]
	visits = _visits(day, branch)
	names = [row["visit"] for row in visits]
	triages, bills = _triages(names), _bills(names)
	warned = warnings.of_patients({row["patient"] for row in appointments})
	unsigned = service_consents.of_patients(row["patient"] for row in appointments)
	unreliable = reliability.warnings_of_patients(row["patient"] for row in appointments)
	for row in appointments:
		known = (warned, unsigned, unreliable)
		row["warnings"] = [warning for some in known for warning in some.get(row["patient"], [])]
	alerts.put_on(visits)
	tags = chips.of_patients(row["patient"] for row in [*appointments, *visits])
	for row in [*appointments, *visits]:
		row["tags"] = tags.get(row["patient"], [])
	lanes: dict[str, list[dict]] = {"appointments": appointments}
	lanes.update({lane: [] for lane in ("reception", "consultation", "treatment", "done")})
	for row in visits:
		triage = triages.get(row["visit"])
		lanes[_lane(row, triage)].append(_complete(row, triage, bills.get(row["visit"])))
	return lanes


def _lane(visit: dict[str, Any], triage: dict[str, Any] | None) -> str:
	if visit["status"] in (DONE, CLOSED):
		return "done"
	if visit["status"] == WAITING:
		return "reception"
	if triage and triage["kind"] == CONSULTATION:
		return "consultation"
	return "treatment"


def _visits(day: datetime.date, branch: str | None) -> list[dict[str, Any]]:
	begin = get_datetime(day)
	filters = [
		["Clinic Visit", "arrived_at", ">=", begin],
		["Clinic Visit", "arrived_at", "<", add_days(begin, 1)],
		["Clinic Visit", "status", "!=", CANCELLED],
	]
	if branch:
		filters.append(["Clinic Visit", "branch", "=", branch])
	return frappe.get_list(
		"Clinic Visit",
		filters=filters,
		fields=_VISIT_FIELDS,
		order_by="`tabClinic Visit`.arrived_at asc, `tabClinic Visit`.name asc",
		limit_page_length=MAX_ROWS,
		ignore_ifnull=True,  # an index serves the bare column only
	)


def _triages(visits: list[str]) -> dict[str, dict[str, Any]]:
	"""The active triage of each visit; of a finished visit the last one that was done."""
	if not visits:
		return {}
	rows = frappe.get_all(
		"Clinic Triage",
		filters={"visit": ("in", visits), "status": ("in", ("Active", "Done"))},
		fields=[
			"name as triage",
			"visit",
			"kind",
			"status",
			"practitioner",
			"practitioner.practitioner_name as practitioner_name",
			"department",
			"department.title as department_title",
		],
		order_by="`tabClinic Triage`.`triaged_at` asc, `tabClinic Triage`.`name` asc",
	)
	found = {row.visit: row for row in rows if row.status == "Done"}
	return found | {row.visit: row for row in rows if row.status == "Active"}


def _bills(visits: list[str]) -> dict[str, dict[str, Any]]:
	"""Services and what is still open of each visit, in one query."""
	if not visits:
		return {}
	parent = frappe.qb.DocType("Clinic Reception")
	row = frappe.qb.DocType("Clinic Reception Line")
	service = frappe.qb.DocType("Clinic Service")
	rows = (
		frappe.qb.from_(parent)
		.join(row)
		.on((row.parent == parent.name) & (row.parenttype == "Clinic Reception"))
		.join(service)
		.on(service.name == row.service)
		.select(parent.visit, parent.name, parent.outstanding, service.service_name)
		.where(parent.visit.isin(visits) & (parent.docstatus < 2))
		.orderby(parent.creation)
		.orderby(row.idx)
		.run(as_dict=True)
	)
	bills: dict[str, dict[str, Any]] = defaultdict(lambda: {"services": [], "open": {}})
	for line in rows:
		bills[line.visit]["services"].append(line.service_name)
		bills[line.visit]["open"][line.name] = line.outstanding
	return bills


def _complete(visit: dict[str, Any], triage: dict | None, bill: dict | None) -> dict[str, Any]:
	"""The row as the screen shows it."""
	bill = bill or {"services": [], "open": {}}
	visit["mobile"] = phones.local(visit["mobile"])
	visit["is_returning"] = returning.is_returning(visit.pop("first_visit_on"), visit["arrived_at"])
	visit["arrived_at"] = str(visit["arrived_at"])[:19]
	visit["called_at"] = str(visit["called_at"])[:19] if visit["called_at"] else None
	visit["triage"] = triage["triage"] if triage and triage["status"] == "Active" else None
	for field in ("practitioner", "practitioner_name", "department", "department_title"):
		visit[field] = (triage or {}).get(field) or visit[field]
	visit["services"] = list(dict.fromkeys(bill["services"]))
	visit["outstanding"] = sum(bill["open"].values()) if access.may("see_money") else None
	undoable = visit["status"] == WAITING or (visit["status"] == "Triaged" and visit.get("is_immediate"))
	visit["can_undo"] = bool(undoable and access.may("undo_visit"))
	return visit


def today_counts(date: datetime.date | str | None = None, branch: str | None = None) -> dict[str, int]:
	"""How many are expected, waiting, in consultation, in treatment and done, in three queries."""
	day = getdate(date)
	begin = get_datetime(day)
	appointment = frappe.qb.DocType("Clinic Appointment")
	visit, triage = frappe.qb.DocType("Clinic Visit"), frappe.qb.DocType("Clinic Triage")
	expected = (
		frappe.qb.from_(appointment)
		.select(Count(appointment.name))
		.where((appointment.start >= begin) & (appointment.start < add_days(begin, 1)))
		.where(appointment.status.isin(("Booked", "Confirmed", "Arrived")))
	)
	lanes = (
		frappe.qb.from_(visit)
		.left_join(triage)
		.on((triage.visit == visit.name) & (triage.status == "Active"))
		.select(visit.status, triage.kind, Count(visit.name))
		.where((visit.arrived_at >= begin) & (visit.arrived_at < add_days(begin, 1)))
		.where(visit.status != CANCELLED)
		.groupby(visit.status, triage.kind)
	)
	branches = branch_scope.narrow(branch)
	if branches is not None:
		expected = expected.where(appointment.branch.isin(branches))
		lanes = lanes.where(visit.branch.isin(branches))
	counts = {"appointments": expected.run()[0][0], "reception": 0, "consultation": 0}
	counts |= {"treatment": 0, "done": 0}
	for status, kind, count in lanes.run():
		counts[_lane({"status": status}, {"kind": kind or TREATMENT})] += count
	return counts
