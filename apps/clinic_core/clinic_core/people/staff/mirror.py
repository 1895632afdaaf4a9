"""What a System Manager changes in Frappe's own lists is shown in the staff member's form (doc_events)."""

import frappe
from frappe.model.document import Document

from clinic_core.people.staff import grants, people_of

DOCTYPE = people_of.DOCTYPE


def user_saved(doc: Document, method: str | None = None) -> None:
	"""Roles and the switch of a login, changed in the User form."""
	if doc.flags.clinic_staff:
		return
	member = people_of.member_of(doc.name)
	if not member:
		return
	held = {row.role for row in doc.roles}
	values = {field: int(role in held) for field, role in grants.ROLE_FIELDS.items()}
	values["login_allowed"] = int(doc.enabled or 0)
	known = frappe.db.get_value(DOCTYPE, member, list(values), as_dict=True)
	changed = {field: value for field, value in values.items() if (known[field] or 0) != value}
	if changed:
		frappe.db.set_value(DOCTYPE, member, changed)


def branch_permission_changed(doc: Document, method: str | None = None) -> None:
	"""A User Permission on a branch, added, changed or taken away elsewhere."""
	if frappe.flags.clinic_staff_follows or doc.allow != "Clinic Branch":
		return
	member = people_of.member_of(doc.user)
	if not member:
		return
	branches = people_of.branches_of(doc.user)
	if method == "on_trash":
		branches = [branch for branch in branches if branch != doc.for_value]
	person = frappe.get_doc(DOCTYPE, member)
	if sorted(row.branch for row in person.branches) == sorted(branches):
		return
	person.set("branches", [])
	person.extend("branches", [{"branch": branch} for branch in branches])
	person.flags.check_access = False
	person.save(ignore_permissions=True)
