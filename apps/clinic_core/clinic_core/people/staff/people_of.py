"""Reads who works here: by login, by role, by limits. Permission-free."""

import frappe

from clinic_core.foundation import roles

DOCTYPE = "Clinic Staff Member"
WORKING = ("Active", "Leaving")


def member_of(user: str) -> str | None:
	"""The staff member with this login."""
	return frappe.db.get_value(DOCTYPE, {"user": user}, "name") if user else None


def roles_of(user: str | None) -> frozenset[str]:
	"""The roles written for a login, without those Frappe adds by itself."""
	if not user:
		return frozenset()
	return frozenset(
		frappe.get_all("Has Role", {"parent": user, "parenttype": "User"}, pluck="role", order_by="role asc")
	)


def another_manager(user: str | None) -> bool:
	"""Whether somebody else is a manager who can sign in: the last one is never removed."""
	row, person = frappe.qb.DocType("Has Role"), frappe.qb.DocType("User")
	query = (
		frappe.qb.from_(row)
		.join(person)
		.on(person.name == row.parent)
		.select(person.name)
		.where((row.parenttype == "User") & (row.role == roles.MANAGER) & (person.enabled == 1))
		.where(person.name != (user or ""))
		.limit(1)
	)
	return bool(query.run())


def branches_of(user: str) -> list[str]:
	"""The branches a login is limited to; empty when it is not limited."""
	return frappe.get_all(
		"User Permission",
		{"user": user, "allow": "Clinic Branch"},
		pluck="for_value",
		order_by="is_default desc, for_value asc",
	)
