"""The CRM's part of the night job (Q1b). Idempotent, chunked."""

import frappe
from clinic_core.foundation import settings
from clinic_core.foundation.state import as_system
from frappe import _
from frappe.utils import add_days, add_to_date, getdate, now_datetime

from clinic_crm.pipeline import upcoming
from clinic_crm.pipeline.states import CLOSED

AFTER_SERVICE = "After Service"
CHUNK = 200
CATCH_UP_DAYS = 7


def follow_up_closed() -> None:
	"""Each opportunity closed lately gets one after-service activity for today (Q1b, C091).

	Looks back a week, so that a night that was missed is made up for. Hook `clinic_night_jobs`.
	"""
	if not settings.get("follow_up_closed"):
		return
	while leads := _waiting():
		with as_system():
			for lead in leads:
				_plan(lead)
		frappe.db.commit()  # a chunk of the night job stands for itself


def _waiting() -> list[str]:
	lead, activity = frappe.qb.DocType("Clinic Lead"), frappe.qb.DocType("Clinic Activity")
	return (
		frappe.qb.from_(lead)
		.left_join(activity)
		.on((activity.lead == lead.name) & (activity.cause == AFTER_SERVICE))
		.select(lead.name)
		.where(lead.status == CLOSED)
		.where(lead.closed_at >= add_to_date(getdate(), days=-CATCH_UP_DAYS))
		.where(lead.closed_at < now_datetime())
		.where(activity.name.isnull())
		.orderby(lead.closed_at)
		.limit(CHUNK)
		.run(pluck=True)
	)


def _plan(name: str) -> None:
	lead = frappe.get_doc("Clinic Lead", name)
	# The job runs at 01:00: what was closed yesterday is followed up today, what today, tomorrow.
	day = max(add_days(getdate(lead.closed_at), 1), getdate())
	upcoming.plan_for_lead(
		lead,
		{
			"title": _("After service: how was it?"),
			"date": day,
			"description": _("Ask how the patient is and whether anything is needed."),
		},
		cause=AFTER_SERVICE,
	)
