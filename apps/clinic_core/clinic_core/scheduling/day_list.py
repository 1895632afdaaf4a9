"""The appointments of one day as screens show them: two queries, permissions asked."""

import datetime
from typing import Any

import frappe
from frappe.utils import add_days, get_datetime, now_datetime

from clinic_core.people import phones
from clinic_core.people.alerts import alerts
from clinic_core.people.patient_file import returning
from clinic_core.scheduling import groups, states

FIELDS = [
	"name as appointment",
	"patient",
	"patient.full_name as full_name",
	"patient.file_no as file_no",
	"patient.mobile as mobile",
	"patient.alerts as alerts",
	"patient.first_visit_on as first_visit_on",
	"service",
	"service.service_name as service_name",
	"area",
	"area_title",
	"practitioner",
	"practitioner.practitioner_name as practitioner_name",
	"branch",
	"start",
	"end",
	"status",
	"note",
	"is_squeeze_in",
	"move_count",
	"session",
	"queue_no",
	"group_size",
	"called_at",
]
DOCTYPE = "Clinic Appointment"
MAX_ROWS = 1000


def appointments_of(
	day: datetime.date | str, branch: str | None = None, practitioner: str | None = None
) -> list[dict[str, Any]]:
	"""Rows of the user's visible appointments that begin on `day`, in order of time.

	Holds that are over are left out. `mobile` in local form; `actions`: what this user may do; `alerts`
	those of the patient that this user may see (F41). `group_taken` of `group_size`: how full the group is (F13).
	"""
	begin = get_datetime(day)
	filters = [
		[DOCTYPE, "start", ">=", begin],
		[DOCTYPE, "start", "<", add_days(begin, 1)],
	]
	if branch:
		filters.append([DOCTYPE, "branch", "=", branch])
	if practitioner:
		filters.append([DOCTYPE, "practitioner", "=", practitioner])
	return visible(filters, MAX_ROWS)


def visible(
	filters: list[list[Any]], most: int, either: list[list[Any]] | None = None
) -> list[dict[str, Any]]:
	"""The user's visible appointments that fit, `most` at most, as `appointments_of` has them.

	`either`: besides, one of these must hold.
	"""
	rows = frappe.get_list(
		DOCTYPE,
		filters=filters,
		or_filters=either,
		fields=[*FIELDS, "hold_until"],
		order_by="`tabClinic Appointment`.start asc, `tabClinic Appointment`.name asc",
		limit_page_length=most,
		ignore_ifnull=True,  # an index serves the bare column only
	)
	now = now_datetime()
	can = {status: actions_for(status) for status in {row.status for row in rows}}
	shown = [
		_row(row, can)
		for row in rows
		if not (row.status == states.HELD and row.hold_until and row.hold_until < now)
	]
	alerts.put_on(shown)
	groups.put_counts(shown)
	return shown


def calendar_rows(start: str, end: str, filters: list[list[Any]]) -> list[dict[str, Any]]:
	"""Rows {name, start, end, title, status, allDay} of the user's visible appointments in a range."""
	within = [
		[DOCTYPE, "start", "<", end],
		[DOCTYPE, "end", ">", start],
		[DOCTYPE, "status", "!=", states.CANCELLED],
	]
	rows = frappe.get_list(
		DOCTYPE,
		filters=[*within, *(line[:4] for line in filters)],
		fields=[
			*("name", "start", "end", "status", "patient_name", "is_history"),
			"service.service_name as service_name",
		],
		order_by="start asc, name asc",
		limit_page_length=MAX_ROWS,
		# Only where the filters are ours: what a person filters by may be empty.
		ignore_ifnull=not filters,
	)
	return [
		{
			"name": row.name,
			"start": str(row.start),
			"end": str(row.end),
			"title": f"{row.patient_name} · {row.service_name}",
			"status": row.status,
			# An old calendar knew days only.
			"allDay": int(bool(row.is_history) and row.start.time() == datetime.time()),
		}
		for row in rows
	]


def actions_for(status: str) -> list[str]:
	"""What the present user may do with an appointment of this status."""
	everything = frappe.session.user == "Administrator"
	return states.actions(status, frappe.get_roles(), everything=everything)


def _row(row: dict[str, Any], can: dict[str, list[str]]) -> dict[str, Any]:
	row = dict(row)
	row.pop("hold_until")
	row["is_returning"] = returning.is_returning(row.pop("first_visit_on"), row["start"])
	row["start"], row["end"] = str(row["start"]), str(row["end"])
	row["called_at"] = str(row["called_at"])[:19] if row["called_at"] else None
	row["mobile"] = phones.local(row["mobile"])
	row["actions"] = list(can[row["status"]])
	return row
