"""Activities: recorded and planned; what recording one brings about (C012, C016–C017, C073–C084)."""

from typing import Any

import frappe
from clinic_core.foundation.document import write_late
from clinic_core.foundation.errors import ForbiddenMoveError
from clinic_core.foundation.locks import lock_rows
from clinic_core.foundation.state import as_system
from clinic_core.scheduling.recalls import actions as recalls
from frappe import _
from frappe.model.document import Document
from frappe.utils import now_datetime, nowdate

from clinic_crm.call_center import calls
from clinic_crm.pipeline import leads, upcoming
from clinic_crm.pipeline.states import DONE, IN_PROGRESS, NEW, NOT_DONE

DOCTYPE = "Clinic Activity"


def log(lead: str, data: dict[str, Any], plan: dict[str, Any] | None = None) -> dict[str, Any]:
	"""Record what was just done for `lead`; `plan` is {date, title, description} of what comes next.

	Returns {activity, call, upcoming}: names, None where nothing came of it.
	"""
	doc = leads.locked(lead)
	return _record({"lead": doc.name, **data}, plan)


def complete(activity: str, data: dict[str, Any], plan: dict[str, Any] | None = None) -> dict[str, Any]:
	"""Record an activity on a planned one, which is Done by that (C017).

	Raises ForbiddenMoveError if it is done already.
	"""
	lead = frappe.db.get_value(DOCTYPE, activity, "lead")
	lock_rows([(DOCTYPE, activity), ("Clinic Lead", lead)])
	due = frappe.get_doc(DOCTYPE, activity)
	if due.status == DONE:
		frappe.throw(_("This activity is done already."), ForbiddenMoveError)
	person = {field: due.get(field) for field in ("lead", "person_type", "contact", "patient", "team")}
	data["title"] = data.get("title") or due.title
	return _record({**person, "priority": due.priority, "follows": due.name, **data}, plan)


def _record(data: dict[str, Any], plan: dict[str, Any] | None) -> dict[str, Any]:
	doc = frappe.get_doc(
		{
			"doctype": DOCTYPE,
			"status": DONE,
			"date_type": "Current Date",
			"date": nowdate(),
			"assigned_to": frappe.session.user,
			**data,
		}
	)
	if plan:
		doc.update(
			{
				"plan_upcoming": 1,
				**{f"upcoming_{key}": plan.get(key) for key in ("title", "date", "description")},
			}
		)
	doc.insert(ignore_permissions=True)
	planned = (
		frappe.db.get_value(DOCTYPE, {"follows": doc.name, "status": NOT_DONE}, "name") if plan else None
	)
	return {"activity": doc.name, "call": doc.call, "upcoming": planned}


def after_recording(activity: Document) -> None:
	"""Follow up a recorded activity: the call, the lead's first step, the one it was recorded on.

	Called by the document whenever it is Done, at whichever door; running it again changes nothing.
	"""
	if not activity.call and (call := calls.record_for(activity)):
		write_late(activity, call=call)
	if activity.lead:
		_begin_follow_up(activity)
	if activity.follows:
		_finish(activity.follows)
	if activity.recall:
		_close_recall(activity)


def _close_recall(activity: Document) -> None:
	"""A task that was done ends the recall it is of; an answer that is no ends it as declined (C083)."""
	outcome = None
	if activity.feedback:
		outcome = frappe.db.get_value("Clinic Feedback", activity.feedback, "outcome")
	recalls.finish(activity.recall, declined=outcome == "Negative")


def _begin_follow_up(activity: Document) -> None:
	lead = leads.locked(activity.lead)
	changed = not lead.first_activity_at
	if changed:
		lead.first_activity_at = activity.done_at
	if activity.feedback and lead.feedback != activity.feedback:
		lead.feedback = activity.feedback
		changed = True
	if lead.status == NEW:
		lead.status = IN_PROGRESS
		changed = True
	if changed:
		with as_system():
			lead.save(ignore_permissions=True)


def _finish(activity: str) -> None:
	due = frappe.get_doc(DOCTYPE, activity, for_update=True)
	if due.status == NOT_DONE:
		with as_system():
			due.status = DONE
			due.flags.is_finished_by_another = True
			due.save(ignore_permissions=True)


def stamp_done(activity: Document) -> None:
	"""Keep who did it and when."""
	if activity.status == DONE and not activity.done_at:
		activity.done_at = now_datetime()
		activity.done_by = frappe.session.user


def plan_next(activity: Document, plan: dict[str, Any]) -> str:
	"""Plan the activity that follows `activity`. Returns its name."""
	return upcoming.plan_after(activity, plan).name
