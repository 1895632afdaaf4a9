"""Which branches a user works in (F87, E142): Frappe's User Permissions on Clinic Branch, asked by our own code.

Lists and documents are limited by Frappe itself. What reads tables directly asks `narrow`, what is given a
branch asks `require`, and DocTypes without a branch of their own follow the document they belong to
(`follows`).
"""

from collections.abc import Iterable

import frappe
from frappe import _
from frappe.permissions import get_user_permissions

from clinic_core.foundation.visibility import Own, Rows, Through, Visibility, hooks_of

DOCTYPE = "Clinic Branch"


def allowed(user: str | None = None) -> list[str] | None:
	"""The branches a user is limited to, None when he is not. From Frappe's cache: no query."""
	person = user or frappe.session.user
	if person == "Administrator":
		return None
	rows = get_user_permissions(person).get(DOCTYPE) or []
	names = [row.get("doc") for row in rows if not row.get("applicable_for")]
	return list(dict.fromkeys(names)) or None


def is_limited(user: str) -> bool:
	"""Whether a user is limited to branches at all."""
	return allowed(user) is not None


def branches_of(user: str) -> Iterable[str]:
	"""The branches of a limited user."""
	return allowed(user) or []


def require(branch: str | None) -> None:
	"""Refuse a branch that is not the user's. Raises frappe.PermissionError."""
	mine = allowed()
	if branch and mine is not None and branch not in mine:
		frappe.throw(_("You may not work in this branch."), frappe.PermissionError, title=_("Not allowed"))


def narrow(branch: str | None) -> list[str] | None:
	"""The branches a question is about: the asked one, else all of the user's; None for all.

	Raises frappe.PermissionError for another's.
	"""
	require(branch)
	return [branch] if branch else allowed()


def rule_of(doctype: str, field: str = "branch") -> Visibility:
	"""What Frappe does by itself for a DocType with a branch, as a rule others can follow."""
	return Visibility(doctype, frozenset(), (Own(field, branches_of, or_empty=True),), is_limited)


def follows(doctype: str, field: str, parent: str) -> Visibility:
	"""A DocType without a branch is seen with the document of `parent` that `field` names."""
	return Visibility(
		doctype,
		frozenset(),
		(Through(field, rule_of(parent)), Own(field, lambda _user: (), or_empty=True)),
		is_limited,
	)


# Its shifts name the branches (F87): who may not open it does not find it in a list either.
schedule_query, may_schedule = hooks_of(
	Visibility(
		"Clinic Schedule",
		frozenset(),
		(Rows("Clinic Schedule Shift", "shifts", "branch", branches_of),),
		is_limited,
	)
)
