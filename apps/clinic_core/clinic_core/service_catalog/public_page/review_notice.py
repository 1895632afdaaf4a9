"""The bell of the moderators: comments wait, said at most once an hour (A03)."""

import frappe
from frappe import _
from frappe.model.document import Document

from clinic_core.foundation import roles
from clinic_core.foundation.digits import in_language

DOCTYPE = "Clinic Service Review"
PAUSE_SECONDS = 60 * 60
_KEY = "clinic_review_notice"


def ask_for(doc: Document) -> None:
	"""After the commit, let a worker tell the managers: the visitor does not wait for it."""
	frappe.enqueue(f"{__name__}.tell", enqueue_after_commit=True, review=doc.name)


def tell(review: str) -> bool:
	"""Tell every manager that comments wait, unless it was said within the hour. Returns whether it was."""
	if not frappe.cache.set(frappe.cache.make_key(_KEY), 1, nx=True, ex=PAUSE_SECONDS):
		return False
	waiting = frappe.db.count(DOCTYPE, {"status": "Pending"})
	for user in _managers():
		text = (
			_("{0} comments of visitors wait for you.", user.language).format(
				in_language(str(waiting), user.language)
			)
			if waiting > 1
			else _("A comment of a visitor waits for you.", user.language)
		)
		frappe.get_doc(
			{
				"doctype": "Notification Log",
				"type": "Alert",
				"for_user": user.name,
				"from_user": "Administrator",
				"subject": text,
				"document_type": DOCTYPE,
				"document_name": review,
			}
		).insert(ignore_permissions=True)
	return True


def _managers() -> list[frappe._dict]:
	"""Enabled users with the role, each with his language."""
	user, role = frappe.qb.DocType("User"), frappe.qb.DocType("Has Role")
	rows = (
		frappe.qb.from_(user)
		.join(role)
		.on((role.parent == user.name) & (role.parenttype == "User") & (role.role == roles.MANAGER))
		.select(user.name, user.language)
		.distinct()
		.where(user.enabled == 1)
		.orderby(user.name)
		.run(as_dict=True)
	)
	default = frappe.db.get_default("lang") or "en"
	for row in rows:
		row.language = row.language or default
	return rows
