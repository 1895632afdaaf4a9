"""Endpoint of a person's calendar."""

import frappe
from frappe import _

from clinic_core.foundation import boundary, roles
from clinic_core.foundation.user_calendar import preference

_API = "clinic_core.foundation.user_calendar.api"


@frappe.whitelist(methods=["POST"])
def set_calendar(calendar: str, idempotency_key: str | None = None) -> dict[str, str]:
	"""Choose one's own calendar: Automatic, Jalali or Gregorian → {calendar}. The page is loaded anew then."""
	if not (roles.STAFF | {"System Manager"}) & set(frappe.get_roles()):
		frappe.throw(_("This is for the staff."), frappe.PermissionError)
	answer = boundary.command(
		f"{_API}.set_calendar",
		idempotency_key,
		lambda: {"calendar": preference.choose(calendar)},
		content={"calendar": calendar},
	)
	preference.publish()
	return answer
