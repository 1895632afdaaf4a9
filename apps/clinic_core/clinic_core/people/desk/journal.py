"""What happened at the shared desks, kept for the manager: Clinic Desk Event, written once."""

import frappe
from frappe.utils import now_datetime

DOCTYPE = "Clinic Desk Event"


def note(what: str, *, user: str | None, desk: str | None = None, before: str | None = None) -> None:
	"""One line, with time and address."""
	frappe.get_doc(
		{
			"doctype": DOCTYPE,
			"at": now_datetime(),
			"what": what,
			"user": user,
			"previous_user": before,
			"desk": desk,
			"ip_address": getattr(frappe.local, "request_ip", None),
		}
	).insert(ignore_permissions=True)
