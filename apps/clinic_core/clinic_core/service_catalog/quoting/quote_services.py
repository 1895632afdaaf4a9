"""What a quote must know of services: their rows with body areas, and whether they may be asked for."""

import datetime
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from typing import Any

import frappe
from frappe import _
from frappe.utils import escape_html, getdate

from clinic_core.foundation.errors import refuse_input
from clinic_core.foundation.money import to_decimal
from clinic_core.service_catalog.quoting.fee_rules import Covered
from clinic_core.service_catalog.quoting.price_parts import Terms

Label = Callable[[str], str]
"""Completes the label of a field by the line it stands in."""

DOCTYPE = "Clinic Service"
AREA = "Clinic Service Area"

FIELDS = [
	"name",
	"service_name",
	"department",
	"status",
	"amount",
	"tax_percent",
	"tax_included",
	"is_countable",
	"is_fixed_amount",
	"is_session_based",
	"has_insurance",
	"is_outpatient_procedure",
	"deduction_percent",
	"deduction_amount",
	"national_code",
	"professional_units",
	"technical_units",
	"touch_up_days",
	"fee_visit_count",
	"fee_valid_days",
]
AREA_FIELDS = ["code", "title", "amount", "is_active"]


def read(names: Iterable[str]) -> dict[str, frappe._dict]:
	"""Services by name, each with its `areas` by code. Two queries; one that is unknown is left out."""
	wanted = sorted(set(names))
	rows = {
		row.name: row
		for row in frappe.get_all(
			DOCTYPE, filters={"name": ("in", wanted)}, fields=FIELDS, order_by="name asc"
		)
	}
	for row in rows.values():
		row.areas = {}
	for area in frappe.get_all(
		AREA,
		filters={"parenttype": DOCTYPE, "parent": ("in", wanted)},
		fields=["parent", *AREA_FIELDS],
		order_by="parent asc, idx asc",
	):
		if area.parent in rows:
			rows[area.parent].areas[area.code] = area
	return rows


def require(rows: Mapping[str, frappe._dict], name: str) -> frappe._dict:
	"""The service of that name. Raises frappe.DoesNotExistError."""
	if name not in rows:
		shown = escape_html(str(name or ""))
		frappe.throw(_("{0} {1} not found").format(_(DOCTYPE), shown), frappe.DoesNotExistError)
	return rows[name]


def check_offered(service: frappe._dict, on: datetime.date, label: Label) -> None:
	"""What is not sold any more has prices of past days only. Raises InvalidInputError."""
	if service.status == "Inactive" and on >= getdate():
		refuse_input(
			label(_("Service")),
			_(
				"“{0}” is inactive, so it has no price from today on. Activate it or ask for a past day."
			).format(escape_html(service.service_name or service.name)),
		)


def check_area(service: frappe._dict, area: str | None, on: datetime.date, label: Label) -> None:
	"""The area is one of the service, and offered. Raises InvalidInputError, naming what may be chosen."""
	if not area or _is_offered(service.areas.get(area), on):
		return
	offered = [row.title for row in service.areas.values() if row.is_active]
	if not offered:
		refuse_input(label(_("Body area")), _("This service has no body areas. Leave it empty."))
	known = service.areas.get(area)
	if known:
		problem = _("“{0}” is not offered any more.").format(escape_html(known.title))
	else:
		problem = _("There is no body area {0} of this service.").format(escape_html(str(area)))
	titles = ", ".join(escape_html(title) for title in offered)
	refuse_input(label(_("Body area")), f"{problem} {_('Choose one of: {0}').format(titles)}")


def _is_offered(area: frappe._dict | None, on: datetime.date) -> bool:
	return bool(area) and (bool(area.is_active) or on < getdate())


def check_has_price(service: frappe._dict, area: str | None, list_price: Decimal, label: Label) -> None:
	"""A service that costs nothing itself but has areas is sold by area only. Raises InvalidInputError."""
	if area or list_price:
		return
	titles = [escape_html(row.title) for row in service.areas.values() if row.is_active]
	if titles:
		refuse_input(label(_("Body area")), _("Choose the body area: {0}.").format(", ".join(titles)))


def stored_amount(service: frappe._dict, area: str | None) -> Decimal:
	"""Today's amount as it stands on the service or area, for those without dated prices."""
	return to_decimal(service.areas[area].amount if area else service.amount)


def terms_of(
	service: Mapping[str, Any], list_price: Decimal, is_touch_up: bool, covered: Covered | None = None
) -> Terms:
	"""A service's row as the price function knows it."""
	return Terms(
		amount=list_price,
		tax_percent=to_decimal(service["tax_percent"]),
		is_countable=bool(service["is_countable"]),
		is_fixed_amount=bool(service["is_fixed_amount"]),
		is_session_based=bool(service["is_session_based"]),
		tax_included=bool(service["tax_included"]),
		has_insurance=bool(service["has_insurance"]),
		is_outpatient_procedure=bool(service["is_outpatient_procedure"]),
		deduction_percent=to_decimal(service["deduction_percent"]),
		deduction_amount=to_decimal(service["deduction_amount"]),
		is_touch_up=is_touch_up,
		covered=covered,
	)
