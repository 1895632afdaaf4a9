"""Teams: who belongs where, and to whom new work goes."""

from collections.abc import Collection

import frappe
from clinic_core.foundation.errors import refuse_input
from frappe import _


def teams_of(user: str) -> list[str]:
	"""Codes of the teams `user` is a member of."""
	return frappe.get_all(
		"Clinic Team Member",
		filters={"user": user, "parenttype": "Clinic Team"},
		pluck="parent",
		order_by="parent asc",
	)


def first_team_of(user: str) -> str | None:
	"""The team new work of `user` belongs to when he does not say; None without one."""
	teams = teams_of(user)
	return teams[0] if teams else None


def able(user: str | None) -> str | None:
	"""`user` if he can work in the desk now; None otherwise: what an event makes goes to the team then."""
	if not user:
		return None
	known = frappe.db.get_value("User", user, ["enabled", "user_type"], as_dict=True)
	return user if known and known.enabled and known.user_type == "System User" else None


def first_teams_of(users: Collection[str]) -> dict[str, str]:
	"""User → the team new work of his belongs to, for those who have one. One query."""
	rows = frappe.get_all(
		"Clinic Team Member",
		filters={"user": ("in", sorted(users)), "parenttype": "Clinic Team"},
		fields=["user", "parent"],
		order_by="parent desc",
	)
	return {row.user: row.parent for row in rows}


def able_ones(users: Collection[str | None]) -> set[str]:
	"""Those of `users` who can work in the desk now. One query."""
	wanted = sorted(user for user in users if user)
	if not wanted:
		return set()
	filters = {"name": ("in", wanted), "enabled": 1, "user_type": "System User"}
	return set(frappe.get_all("User", filters, pluck="name", order_by="name asc"))


def check_assignee(user: str | None) -> None:
	"""Refuse to refer work to somebody who cannot log in to the desk (C038). Raises InvalidInputError."""
	if user and not able(user):
		refuse_input(_("Refer to"), _("This user cannot work in the desk. Choose somebody of the clinic."))
