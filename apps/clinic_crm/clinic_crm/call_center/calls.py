"""Calls that come of activities (C009, C084). Only the telephone counts as a call."""

import frappe
from clinic_core.foundation import cached
from frappe.model.document import Document

DOCTYPE = "Clinic Call"
PHONE = "Phone"


def record_for(activity: Document) -> str | None:
	"""The call of a recorded activity with a telephone method and a feedback; None for all others.

	There is one call for an activity, however often this runs.
	"""
	if not activity.contact_method or not activity.feedback:
		return None
	method = cached.find("Clinic Contact Method", activity.contact_method)
	if not method or method.channel != PHONE:
		return None
	known = frappe.db.get_value(DOCTYPE, {"activity": activity.name}, "name")
	if known:
		return known
	call = frappe.get_doc(
		{
			"doctype": DOCTYPE,
			"activity": activity.name,
			"lead": activity.lead,
			"contact": activity.contact,
			"patient": activity.patient,
			"person_name": activity.person_name,
			"phone": _phone_of(activity),
			"direction": "Outgoing",
			"channel": PHONE,
			"status": "Ended",
			"agent": activity.done_by,
			"team": activity.team,
			"started_at": activity.done_at,
			"ended_at": activity.done_at,
			"feedback": activity.feedback,
			"note": activity.description,
		}
	)
	call.insert(ignore_permissions=True)
	return call.name


def _phone_of(activity: Document) -> str | None:
	if activity.patient and (mobile := frappe.db.get_value("Clinic Patient", activity.patient, "mobile")):
		return mobile
	if not activity.contact:
		return None
	row = frappe.db.get_value("Clinic Contact", activity.contact, ["mobile", "phone"], as_dict=True)
	return (row.mobile or row.phone) if row else None
