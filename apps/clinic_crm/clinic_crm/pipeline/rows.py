"""Rows of leads, activities and calls as screens show them; a constant number of queries each."""

from typing import Any

import frappe
from clinic_core.people import phones
from frappe.utils import getdate

from clinic_crm.pipeline import titles
from clinic_crm.pipeline.follow import FALLEN
from clinic_crm.pipeline.states import NOT_DONE

LEAD_FIELDS = (
	"name", "title", "status", "priority", "person_type", "person_name", "mobile", "contact", "patient",
	"channel", "assigned_to", "team", "creation", "owner", "appointment", "reason", "description",
)  # fmt: skip
ACTIVITY_FIELDS = (
	"name", "title", "lead", "person_name", "patient", "contact", "date", "end_date", "status",
	"priority", "contact_method", "feedback", "description", "assigned_to", "team", "done_at", "cause",
)  # fmt: skip
CALL_FIELDS = (
	"name", "person_name", "phone", "direction", "channel", "status", "started_at", "feedback", "lead",
	"patient", "contact", "agent", "activity",
)  # fmt: skip


def leads(found: list[dict[str, Any]]) -> list[dict[str, Any]]:
	"""Lead rows with titles of what they link to; `mobile` in the form people dial."""
	services = titles.of_services(row["name"] for row in found)
	channels = titles.of("Clinic Marketing Channel", (row["channel"] for row in found))
	users = titles.of("User", [row[field] for row in found for field in ("assigned_to", "owner")])
	standing = _standing([row["appointment"] for row in found if row["appointment"]])
	return [
		{
			**{field: row[field] for field in LEAD_FIELDS if field not in ("creation", "owner", "channel")},
			"mobile": phones.local(row["mobile"]),
			"services": services.get(row["name"], []),
			"channel_title": channels.get(row["channel"]),
			"assigned_name": users.get(row["assigned_to"]),
			"created": row["creation"],
			"created_by": users.get(row["owner"], row["owner"]),
			# One that fell through is no appointment: another may be booked.
			"appointment": row["appointment"] if row["appointment"] in standing else None,
			"appointment_start": standing.get(row["appointment"]),
		}
		for row in found
	]


def activities(found: list[dict[str, Any]]) -> list[dict[str, Any]]:
	"""Activity rows; `overdue` is computed: not done though its (last) day is over."""
	methods = titles.of("Clinic Contact Method", (row["contact_method"] for row in found))
	feedbacks = titles.of("Clinic Feedback", (row["feedback"] for row in found))
	users = titles.of("User", (row["assigned_to"] for row in found))
	return [
		{
			**row,
			"contact_method_title": methods.get(row["contact_method"]),
			"feedback_title": feedbacks.get(row["feedback"]),
			"assigned_name": users.get(row["assigned_to"]),
			"overdue": row["status"] == NOT_DONE and getdate(row["end_date"] or row["date"]) < getdate(),
		}
		for row in found
	]


def calls(found: list[dict[str, Any]]) -> list[dict[str, Any]]:
	"""Call rows; `phone` in the form people dial."""
	feedbacks = titles.of("Clinic Feedback", (row["feedback"] for row in found))
	users = titles.of("User", (row["agent"] for row in found))
	return [
		{
			**row,
			"phone": phones.local(row["phone"]),
			"feedback_title": feedbacks.get(row["feedback"]),
			"agent_name": users.get(row["agent"]),
		}
		for row in found
	]


def _standing(appointments: list[str]) -> dict[str, Any]:
	if not appointments:
		return {}
	rows = frappe.get_all(
		"Clinic Appointment",
		filters={"name": ("in", sorted(set(appointments))), "status": ("not in", sorted(FALLEN))},
		fields=["name", "start"],
		order_by="name asc",
	)
	return {row.name: row.start for row in rows}
