"""Lines that use what was bought before (*Use Purchased*; D21, D49)."""

from typing import Any

import frappe
from clinic_core.foundation.errors import refuse_input
from clinic_core.people import entitlements
from frappe import _
from frappe.model.document import Document

from clinic_reception.front_desk.line_refusals import label_of
from clinic_reception.front_desk.states import USE_PURCHASED


def open_for(doc: Document) -> list[dict[str, Any]]:
	"""Rows of core's “paid, not used”, only asked for when a line needs them."""
	if any(row.action == USE_PURCHASED for row in doc.lines):
		return entitlements.open_for(doc.patient)
	return []


def choose(row: Document, purchased: list[dict[str, Any]]) -> None:
	"""Find the purchase a line uses: the named one, else the one that ends first; it is for the body area
	that was bought. Raises InvalidInputError if nothing fits."""
	units = float(row.quantity or 0)
	if row.session and not row.entitlement:
		row.entitlement = frappe.db.get_value("Clinic Session", row.session, "entitlement")
	fitting = [p for p in purchased if p["service"] == row.service]
	if row.entitlement:
		fitting = [p for p in fitting if p["name"] == row.entitlement]
	elif row.area:
		fitting = [p for p in fitting if p["area"] == row.area]
	fitting = [p for p in fitting if p["left"] >= units]
	if not fitting:
		refuse_input(label_of(row.idx), _("Nothing of this service is paid and unused. Sell it instead."))
	bought = fitting[0]
	row.entitlement, row.area, row.area_title = bought["name"], bought["area"], bought["area_title"]
	bought["left"] -= units
