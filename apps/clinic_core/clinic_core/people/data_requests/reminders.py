"""Reminds whoever handles a request before its 30 days are over, and when they are (E012)."""

import frappe
from frappe import _
from frappe.utils import add_days, date_diff, getdate

from clinic_core.foundation import roles
from clinic_core.foundation.shown_days import shown_day
from clinic_core.people.data_requests import states
from clinic_core.people.data_requests.states import SOON_DAYS

DOCTYPE = "Clinic Data Request"


def remind() -> int:
	"""One notification a day for each request that is due soon or late. Returns how many requests."""
	rows = frappe.get_all(
		DOCTYPE,
		{"status": ("in", sorted(states.OPEN)), "due_on": ("<=", add_days(getdate(), SOON_DAYS))},
		["name", "handler", "due_on", "kind"],
		order_by="due_on asc, name asc",
	)
	heads = _heads() if rows else []
	for row in rows:
		users = (
			{row.handler} if row.handler and date_diff(row.due_on, getdate()) >= 0 else {row.handler, *heads}
		)
		for user in sorted(user for user in users if user):
			_notify(user, row)
	return len(rows)


def _notify(user: str, row: frappe._dict) -> None:
	days = date_diff(row.due_on, getdate())
	subject = (
		_("A request for data is overdue since {0}.") if days < 0 else _("A request for data is due on {0}.")
	).format(shown_day(row.due_on))
	today = {"for_user": user, "document_name": row.name, "creation": (">=", getdate())}
	if frappe.db.exists("Notification Log", today):
		return
	frappe.get_doc(
		{
			"doctype": "Notification Log",
			"for_user": user,
			"type": "Alert",
			"subject": subject,
			"document_type": DOCTYPE,
			"document_name": row.name,
			"from_user": "Administrator",
		}
	).insert(ignore_permissions=True)


def _heads() -> list[str]:
	users = frappe.get_all(
		"Has Role", {"role": roles.MANAGER, "parenttype": "User"}, pluck="parent", order_by="parent asc"
	)
	return frappe.get_all("User", {"name": ("in", users), "enabled": 1}, pluck="name", order_by="name asc")
