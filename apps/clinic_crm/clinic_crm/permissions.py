"""Who of the clinic sees which lead, activity, call, and what belongs to them (design §4.12).

Managers, supervisors and the reception see all. Agents and consultants see what is referred to
them or to their teams, and what they made themselves; practitioners and operators what they made.
Who sees his own patients only (F83) sees, also at the reception, what is his in this way and what is
about his own patients. The same rules answer for lists and for documents.
"""

import frappe
from clinic_core.foundation import branch_scope
from clinic_core.foundation.roles import CRM_MANAGER, MANAGER, RECEPTIONIST, SUPERVISOR
from clinic_core.foundation.visibility import Own, Through, Visibility, hooks_of, the_user
from clinic_core.people import own_patients
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

_OF_MY_PATIENT = Through("patient", own_patients.OWN)


def _has_own_only(user: str) -> bool:
	"""Whether a role would show all to somebody who sees his own patients only; the rest see less anyway."""
	return bool(SEES_ALL & set(frappe.get_roles(user))) and own_patients.is_limited(user)


def _own_of(rule: Visibility) -> Visibility:
	return Visibility(rule.doctype, frozenset(), (*rule.own, _OF_MY_PATIENT), _has_own_only)


LEAD_OWN, ACTIVITY_OWN, CALL_OWN = (_own_of(rule) for rule in (LEAD, ACTIVITY, CALL))

# A contact who became a patient is seen with his file; one who did not is nobody's yet.
contact_query, may_contact = hooks_of(
	Visibility(
		"Clinic Contact",
		frozenset(),
		(Own("patient", lambda _user: (), or_empty=True), Own("owner", the_user), _OF_MY_PATIENT),
		own_patients.is_limited,
	)
)

# Frappe knows the branch of a lead by itself; what hangs on a lead has to ask.
_OF_LEAD = (LEAD, LEAD_OWN)
_WITH_LEAD = (LEAD, LEAD_OWN, LEAD_BRANCH)
_OF_ACTIVITY = (ACTIVITY, ACTIVITY_OWN, ACTIVITY_BRANCH)
_OF_CALL = (CALL, CALL_OWN, CALL_BRANCH)


def lead_query(user: str | None = None) -> str:
	"""List condition of Clinic Lead."""
	return _listed(_OF_LEAD, user)


def activity_query(user: str | None = None) -> str:
	"""List condition of Clinic Activity."""
	return _listed(_OF_ACTIVITY, user)


def call_query(user: str | None = None) -> str:
	"""List condition of Clinic Call."""
	return _listed(_OF_CALL, user)


def submission_query(user: str | None = None) -> str:
	"""List condition of Clinic Lead Submission: seen with its lead."""
	return _with_lead("Clinic Lead Submission", user)


def status_log_query(user: str | None = None) -> str:
	"""List condition of Clinic Lead Status Log: seen with its lead."""
	return _with_lead("Clinic Lead Status Log", user)


def may_lead(doc: Document, ptype: str | None = None, user: str | None = None) -> bool:
	"""Whether the rule of leads admits `user` to this one."""
	return ptype == "create" or _admits(_OF_LEAD, doc, user)


def may_activity(doc: Document, ptype: str | None = None, user: str | None = None) -> bool:
	"""The same for an activity; a new one asks for its lead."""
	if ptype == "create":
		return _sees_lead(doc, user)
	return _admits(_OF_ACTIVITY, doc, user)


def may_call(doc: Document, ptype: str | None = None, user: str | None = None) -> bool:
	"""The same for a call; a new one asks for its lead."""
	if ptype == "create":
		return _sees_lead(doc, user)
	return _admits(_OF_CALL, doc, user)


def may_with_lead(doc: Document, ptype: str | None = None, user: str | None = None) -> bool:
	"""A submission or a line of the history is seen with its lead."""
	if not _listed(_WITH_LEAD, user):
		return True
	return bool(doc.get("lead")) and _sees_lead(doc, user)


def _listed(rules: tuple[Visibility, ...], user: str | None) -> str:
	person = user or frappe.session.user
	return " and ".join(part for rule in rules if (part := rule.list_condition(person)))


def _admits(rules: tuple[Visibility, ...], doc: Document, user: str | None) -> bool:
	person = user or frappe.session.user
	return all(rule.may_see(doc, person) for rule in rules)


def _sees_lead(doc: Document, user: str | None) -> bool:
	lead = doc.get("lead")
	if not lead:
		return True
	if not frappe.db.exists("Clinic Lead", lead):
		return False
	return _admits(_WITH_LEAD, frappe.get_doc("Clinic Lead", lead), user)


def _with_lead(doctype: str, user: str | None) -> str:
	condition = _listed(_WITH_LEAD, user)
	if not condition:
		return ""
	return (
		f"`tab{doctype}`.`lead` in (select `tabClinic Lead`.`name` from `tabClinic Lead` where {condition})"
	)
