"""Coming back from the gateway, and the page of the pretended bank."""

from typing import Any
from urllib.parse import urlencode

import frappe
from frappe import _
from frappe.utils import cstr
from werkzeug.utils import redirect
from werkzeug.wrappers import Response

from clinic_core.foundation.money import to_decimal
from clinic_core.online_booking import limits
from clinic_core.online_booking.payments import console, paying
from clinic_core.service_catalog.public_page.visit import Visit

APPOINTMENT = "Clinic Appointment"


def returned() -> Response:
	"""The payer came back. What the address says proves nothing: the gateway is asked.

	Leads to the appointment, which says how it stands. Raises frappe.DoesNotExistError for a number of nobody's.
	"""
	limits.write()
	found = paying.by_authority(cstr(frappe.form_dict.get("Authority") or ""))
	if not found:
		limits.wrong_code()
		frappe.throw(_("There is no appointment behind this link."), frappe.DoesNotExistError)
	paying.ask(found.name)
	booked = frappe.db.get_value(paying.DOCTYPE, found.name, "booked_appointment")
	code = frappe.db.get_value(APPOINTMENT, booked or found.appointment, "tracking_code")
	return redirect(f"/booking/{code}?new=1&_lang={frappe.local.lang}", code=303)


def bank(visit: Visit, authority: str) -> dict[str, Any]:
	"""Context of console.html. Raises frappe.DoesNotExistError for a number it does not know."""
	kept = console.read(authority)
	if not kept:
		frappe.throw(_("There is no appointment behind this link."), frappe.DoesNotExistError)
	return {
		"title": _("Payment (for trying)"),
		"authority": authority,
		"amount": visit.words.money(to_decimal(kept["amount"])),
	}


def decided(authority: str) -> Response:
	"""Pay or Cancel was touched at the pretended bank: back to the clinic, as a bank would."""
	limits.write()
	kept = console.read(authority)
	if not kept:
		frappe.throw(_("There is no appointment behind this link."), frappe.DoesNotExistError)
	paid = frappe.form_dict.get("answer") == "pay"
	console.decide(authority, paid=paid)
	mark = "&" if "?" in kept["back"] else "?"
	query = urlencode({"Authority": authority, "Status": "OK" if paid else "NOK"})
	# Of our own site, whatever host name the clinic is known by.
	path = "/" + kept["back"].split("://", 1)[-1].split("/", 1)[-1]
	return redirect(f"{path}{mark}{query}", code=303)
