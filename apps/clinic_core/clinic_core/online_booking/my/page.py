"""What /my shows: the way in, or the page of who has entered (N3)."""

from typing import Any

import frappe
from frappe import _

from clinic_core.online_booking import opening, rules
from clinic_core.online_booking.my import entry, reading
from clinic_core.service_catalog.public_page.visit import Visit


def context(visit: Visit) -> dict[str, Any]:
	"""Context of my.html. Raises NotOnlineError while the page is off."""
	opening.require_my_page()
	patient = entry.patient()
	if not patient:
		return {"title": _("My page"), "who": ""}
	first, last = frappe.db.get_value("Clinic Patient", patient, ["first_name", "last_name"])
	return {
		"title": _("My page"),
		"who": rules.short_name(first, last),
		"may_book": opening.is_open(),
		**reading.overview(visit, patient),
	}
