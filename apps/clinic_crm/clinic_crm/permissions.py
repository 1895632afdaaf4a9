"""Who of the clinic sees which lead, activity, call, and what belongs to them (design §4.12).

Managers, supervisors and the reception see all. Agents and consultants see what is referred to
them or to their teams, and what they made themselves; practitioners and operators what they made.
The same rules answer for lists and for documents.
"""

import frappe
from clinic_core.foundation import branch_scope
from clinic_core.foundation.roles import CRM_MANAGER, MANAGER, RECEPTIONIST, SUPERVISOR
from clinic_core.foundation.visibility import Own, Visibility, the_user
from frappe.model.document import Document

from clinic_crm.pipeline.teams import teams_of

SEES_ALL = frozenset({MANAGER, SUPERVISOR, CRM_MANAGER, RECEPTIONIST, "System Manager"})

_MINE = (Own("assigned_to", the_user), Own("team", teams_of), Own("owner", the_user))
LEAD = Visibility("Clinic Lead", SEES_ALL, _MINE)
ACTIVITY = Visibility("Clinic Activity", SEES_ALL, _MINE)
CALL = Visibility(
	"Clinic Call", SEES_ALL, (Own("agent", the_user), Own("team", teams_of), Own("owner", the_user))
)

# Neither has a branch of its own: they are seen in the branches of their lead (F87).
LEAD_BRANCH = branch_scope.rule_of("Clinic Lead")
ACTIVITY_BRANCH = branch_scope.follows("Clinic Activity", "lead", "Clinic Lead")
CALL_BRANCH = branch_scope.follows("Clinic Call", "lead", "Clinic Lead")


def lead_query(user: str | None = None) -> str:
	"""List condition of Clinic Lead."""
	return LEAD.list_condition(user or frappe.session.user)


def activity_query(user: str | None = None) -> str:
	"""List condition of Clinic Activity."""
	return _both(ACTIVITY, ACTIVITY_BRANCH, user)


def call_query(user: str | None = None) -> str:
	"""List condition of Clinic Call."""
	return _both(CALL, CALL_BRANCH, user)


def submission_query(user: str | None = None) -> str:
	"""List condition of Clinic Lead Submission: seen with its lead."""
	return _with_lead("Clinic Lead Submission", user)


def status_log_query(user: str | None = None) -> str:
	"""List condition of Clinic Lead Status Log: seen with its lead."""
	return _with_lead("Clinic Lead Status Log", user)


def may_lead(doc: Document, ptype: str | None = None, user: str | None = None) -> bool:
	"""Whether the rule of leads admits `user` to this one."""
	return _may(LEAD, doc, ptype, user)


def may_activity(doc: Document, ptype: str | None = None, user: str | None = None) -> bool:
	"""The same for an activity; a new one asks for its lead."""
	if ptype == "create":
		return _sees_lead(doc, user)
	return _may(ACTIVITY, doc, ptype, user) and _may(ACTIVITY_BRANCH, doc, ptype, user)


def may_call(doc: Document, ptype: str | None = None, user: str | None = None) -> bool:
	"""The same for a call; a new one asks for its lead."""
	if ptype == "create":
		return _sees_lead(doc, user)
	return _may(CALL, doc, ptype, user) and _may(CALL_BRANCH, doc, ptype, user)


def may_with_lead(doc: Document, ptype: str | None = None, user: str | None = None) -> bool:
	"""A submission or a line of the history is seen with its lead."""
	user = user or frappe.session.user
	if not _both(LEAD, LEAD_BRANCH, user):
		return True
	return bool(doc.get("lead")) and _sees_lead(doc, user)


def _both(first: Visibility, second: Visibility, user: str | None) -> str:
	person = user or frappe.session.user
	return " and ".join(part for rule in (first, second) if (part := rule.list_condition(person)))


def _may(rule: Visibility, doc: Document, ptype: str | None, user: str | None) -> bool:
	return ptype == "create" or rule.may_see(doc, user or frappe.session.user)


def _sees_lead(doc: Document, user: str | None) -> bool:
	lead = doc.get("lead")
	if not lead:
		return True
	if not frappe.db.exists("Clinic Lead", lead):
		return False
	person, found = user or frappe.session.user, frappe.get_doc("Clinic Lead", lead)
	return LEAD.may_see(found, person) and LEAD_BRANCH.may_see(found, person)


def _with_lead(doctype: str, user: str | None) -> str:
	condition = _both(LEAD, LEAD_BRANCH, user)
	if not condition:
		return ""
	return (
		f"`tab{doctype}`.`lead` in (select `tabClinic Lead`.`name` from `tabClinic Lead` where {condition})"
	)
