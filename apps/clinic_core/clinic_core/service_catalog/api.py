"""Endpoints of the service catalog."""

from typing import Any

import frappe
from frappe import _

from clinic_core.foundation import wire
from clinic_core.foundation.errors import refuse_input
from clinic_core.service_catalog import listing, quotes

MOST_SERVICES = 1000
"""No picker is sent more at once; a larger clinic's pickers search."""


@frappe.whitelist(methods=["GET", "POST"])
def get_quote(
	service: str,
	patient: str | None = None,
	contract: str | None = None,
	quantity: str | int | float = 1,
	discount_percent: str | int | float = 0,
	on: str | None = None,
) -> dict[str, Any]:
	"""What a service costs, and why (`design.md` §5). A pure read; POST is for long clients."""
	wire.require_permission("Clinic Service", "read", service)
	if patient:
		wire.require_permission("Clinic Patient", "read", patient)
	return quotes.quote_for(
		service,
		patient=patient,
		contract=contract,
		quantity=wire.parse_number(quantity, _("Quantity")),
		discount_percent=wire.parse_number(discount_percent, _("Discount percent")),
		on=wire.parse_date(on, _("Date")),
	)


@frappe.whitelist(methods=["GET"])
def list_services(
	department: str | None = None,
	text: str | None = None,
	limit: str | int = 50,
	service: str | None = None,
) -> list[dict[str, Any]]:
	"""Active services for pickers, in the manager's order (A19, A73, A88): the first `limit` of them."""
	wire.require_permission("Clinic Service", "read")
	most = int(wire.parse_number(limit, _("Limit")))
	if not 1 <= most <= MOST_SERVICES:
		refuse_input(_("Limit"), _("It must be between {0} and {1}.").format(1, MOST_SERVICES))
	return listing.active_services(department, text, most, service)
