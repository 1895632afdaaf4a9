"""The CRM's part of the night job (Q1b). Idempotent, chunked."""

from typing import Any

import frappe
from clinic_core.foundation import settings
from clinic_core.foundation.boundary import command
from frappe import _
from frappe.utils import add_days, add_to_date, getdate, now_datetime

from clinic_crm.pipeline import upcoming
from clinic_crm.pipeline.states import CLOSED

AFTER_SERVICE = "After Service"
CHUNK = 1000
CATCH_UP_DAYS = 7


def follow_up_closed() -> None:
	"""Each opportunity closed lately gets one after-service activity for today (Q1b, C091).

	Looks back a week, so that a night that was missed is made up for. Hook `clinic_night_jobs`.
	"""
	if not settings.get("follow_up_closed"):
		return
	while command("pipeline.night", None, _plan_chunk):
		pass


def _plan_chunk() -> int:
	"""One chunk, a transaction of its own. Returns how many."""
	leads = _waiting()
	upcoming.plan_many([(lead, _plan(lead)) for lead in leads])
	return len(leads)


def _waiting() -> list[frappe._dict]:
	lead, activity = frappe.qb.DocType("Clinic Lead"), frappe.qb.DocType("Clinic Activity")
	fields = ("name", "closed_at", "person_type", "contact", "patient", "priority", "assigned_to", "team")
	return (
		frappe.qb.from_(lead)
		.left_join(activity)
		.on((activity.lead == lead.name) & (activity.cause == AFTER_SERVICE))
		.select(*[lead[field] for field in fields])
		.where(lead.status == CLOSED)
		.where(lead.closed_at >= add_to_date(getdate(), days=-CATCH_UP_DAYS))
		.where(lead.closed_at < now_datetime())
		.where(activity.name.isnull())
		.orderby(lead.closed_at)
		.limit(CHUNK)
		.run(as_dict=True)
	)


def _plan(lead: frappe._dict) -> dict[str, Any]:
	return {
		"title": _("After service: how was it?"),
		# The job runs at 01:00: what was closed yesterday is followed up today, what today, tomorrow.
		"date": max(add_days(getdate(lead.closed_at), 1), getdate()),
		"description": _("Ask how the patient is and whether anything is needed."),
		"cause": AFTER_SERVICE,
	}
