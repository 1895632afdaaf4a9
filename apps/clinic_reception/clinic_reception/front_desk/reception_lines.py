"""Prices and completes the lines of a reception; what the client sent as a price is ignored.

The only source of a price is core's `quotes.quote_for`. A line that uses a purchase costs nothing
again. Raises InvalidInputError naming the line.
"""

import json
from decimal import Decimal
from typing import Any

import frappe
from clinic_core.foundation.errors import refuse_input
from clinic_core.foundation.money import to_decimal
from clinic_core.people import entitlements
from clinic_core.service_catalog import quotes
from frappe import _
from frappe.model.document import Document

from clinic_reception.front_desk.states import ACTIONS, USE_PURCHASED

MONEY = (
	"list_price",
	"unit_price",
	"list_total",
	"discount",
	"tax",
	"insurer_share",
	"rounding",
	"patient_share",
	"total",
)
TOTALS = ("list_total", "discount", "tax", "insurer_share", "rounding", "patient_share", "total")
_SERVICE_FIELDS = ["name", "service_name", "department", "status", "is_session_based", "session_count"]
_SERVICE_FIELDS += ["auto_create_sessions"]


def price(doc: Document) -> None:
	"""Overwrite every amount of the lines and the totals with what the price function says.

	What the services are is left in `doc.flags.services`, for what follows in the same save.
	"""
	services = doc.flags.services = services_of(doc)
	entities = _entities_of({row.practitioner for row in doc.lines if row.practitioner})
	purchased = _purchased(doc)
	for row in doc.lines:
		service = services.get(row.service)
		_check(row, service)
		row.department = service.department
		row.legal_entity = entities.get(row.practitioner) or doc.legal_entity
		row.session_plan = None
		if row.action == USE_PURCHASED:
			_use_purchased(row, purchased)
		else:
			row.entitlement = row.session = None
			_price_line(row, doc)
	for field in TOTALS:
		doc.set(field, float(sum((to_decimal(row.get(field)) for row in doc.lines), Decimal(0))))


def services_of(doc: Document) -> dict[str, Any]:
	"""What the lines' services are, by name, in one query."""
	rows = frappe.get_all(
		"Clinic Service",
		filters={"name": ("in", sorted({row.service for row in doc.lines if row.service}))},
		fields=_SERVICE_FIELDS,
		order_by="name asc",
	)
	return {row.name: row for row in rows}


def _entities_of(practitioners: set[str]) -> dict[str, str | None]:
	if not practitioners:
		return {}
	rows = frappe.get_all(
		"Clinic Practitioner",
		filters={"name": ("in", sorted(practitioners))},
		fields=["name", "legal_entity"],
		order_by="name asc",
	)
	known = {row.name: row.legal_entity for row in rows}
	if unknown := sorted(practitioners - set(known)):
		refuse_input(
			_("Practitioner"), _("There is no practitioner {0}.").format(frappe.utils.escape_html(unknown[0]))
		)
	return known


def _check(row: Document, service: Any) -> None:
	label = _("Line {0}").format(row.idx)
	if not service:
		shown = frappe.utils.escape_html(str(row.service or ""))
		refuse_input(label, _("There is no service {0}.").format(shown))
	if row.action not in ACTIONS:
		refuse_input(label, _("Choose what to do with it: {0}.").format(", ".join(_(a) for a in ACTIONS)))
	if service.status != "Active" and row.action != USE_PURCHASED:
		refuse_input(label, _("The service {0} is not offered any more.").format(service.service_name))


def _price_line(row: Document, doc: Document) -> None:
	quote = quotes.quote_for(
		row.service,
		patient=doc.patient,
		contract=row.get("contract"),
		quantity=to_decimal(row.quantity),
		discount_percent=to_decimal(row.discount_percent),
	)
	for field in MONEY:
		row.set(field, quote[field])
	row.explanation = json.dumps(quote["lines"], ensure_ascii=False)


def _purchased(doc: Document) -> list[dict[str, Any]]:
	"""Rows of core's “paid, not used”, only asked for when a line needs them."""
	if any(row.action == USE_PURCHASED for row in doc.lines):
		return entitlements.open_for(doc.patient)
	return []


def _use_purchased(row: Document, purchased: list[dict[str, Any]]) -> None:
	"""Find the purchase a line uses: the named one, else the one that ends first (D21, D49)."""
	label, units = _("Line {0}").format(row.idx), float(row.quantity or 0)
	if units <= 0:
		refuse_input(label, _("The quantity must be more than 0."))
	if row.session and not row.entitlement:
		row.entitlement = frappe.db.get_value("Clinic Session", row.session, "entitlement")
	fitting = [p for p in purchased if p["service"] == row.service]
	if row.entitlement:
		fitting = [p for p in fitting if p["name"] == row.entitlement]
	fitting = [p for p in fitting if p["left"] >= units]
	if not fitting:
		refuse_input(label, _("Nothing of this service is paid and unused. Sell it instead."))
	row.entitlement = fitting[0]["name"]
	fitting[0]["left"] -= units
	for field in MONEY:
		row.set(field, 0)
	row.discount_percent, row.explanation = 0, None
