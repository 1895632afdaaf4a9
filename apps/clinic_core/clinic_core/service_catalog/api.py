"""Endpoints of the service catalog."""

from typing import Any

import frappe
from frappe import _
from frappe.utils import cint

from clinic_core.foundation import wire
from clinic_core.foundation.boundary import command
from clinic_core.foundation.errors import refuse_input
from clinic_core.service_catalog import quotes
from clinic_core.service_catalog.dated_prices import price_history as history
from clinic_core.service_catalog.lists import arranging, export, listing
from clinic_core.service_catalog.performance_shares import performances
from clinic_core.service_catalog.quoting import quote_preview, quote_request
from clinic_core.service_catalog.suggestions import adoption, offer, request

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
	area: str | None = None,
	discount_amount: str | int | float = 0,
	supplementary_contract: str | None = None,
	branch: str | None = None,
	practitioner: str | None = None,
	touch_up: str | int | bool = 0,
	at_list_price: str | int | bool = 0,
	is_for_later: str | int | bool = 0,
) -> dict[str, Any]:
	"""What a service costs, and why (`design.md` §5). A pure read; POST is for long clients.

	`at_list_price`: leave contracts aside. `is_for_later`: sold now, given later, so never on an earlier fee.
	"""
	quote_request.require_services([service])
	if patient:
		wire.require_permission("Clinic Patient", "read", patient)
	line = quote_request.line(
		{
			"service": service,
			"area": area,
			"contract": contract,
			"supplementary_contract": supplementary_contract,
			"quantity": quantity,
			"discount_percent": discount_percent,
			"discount_amount": discount_amount,
			"practitioner": practitioner,
			"touch_up": touch_up,
			"at_list_price": at_list_price,
			"is_for_later": is_for_later,
		}
	)
	return quotes.quotes_for([line], patient, branch, wire.parse_date(on, _("Date")))[0]


@frappe.whitelist(methods=["GET", "POST"])
def get_quotes(
	lines: str | list, patient: str | None = None, branch: str | None = None, on: str | None = None
) -> list[dict[str, Any]]:
	"""The same for up to 1,000 lines in one call, each with the arguments of `get_quote`, in their order.

	One line that has no price refuses all, named by its number. A pure read; POST is for long requests.
	"""
	wire.require_permission("Clinic Service", "read")
	wanted = quote_request.lines(lines)
	quote_request.require_services(line["service"] for line in wanted)
	if patient:
		wire.require_permission("Clinic Patient", "read", patient)
	return quotes.quotes_for(wanted, patient, branch, wire.parse_date(on, _("Date")))


@frappe.whitelist(methods=["GET", "POST"])
def preview_quote(
	service_values: str | dict,
	line: str | dict | None = None,
	patient: str | None = None,
	branch: str | None = None,
	on: str | None = None,
) -> dict[str, Any]:
	"""The quote of a service that is being edited and not saved yet; `line` as one of `get_quotes`."""
	values = wire.parse_dict(service_values, _("Service"))
	name = values.get("name")
	is_saved = isinstance(name, str) and bool(frappe.db.exists("Clinic Service", name))
	wire.require_permission("Clinic Service", "write", name if is_saved else None)
	if patient:
		wire.require_permission("Clinic Patient", "read", patient)
	asked = quote_request.line({**wire.parse_dict(line, _("Lines")), "service": name if is_saved else "-"})
	return quote_preview.preview(values, asked, patient, branch, wire.parse_date(on, _("Date")))


@frappe.whitelist(methods=["GET"])
def price_history(service: str) -> dict[str, Any]:
	"""{rows, has_more}: every price the service ever had or will have, with who and when (A50)."""
	wire.require_permission("Clinic Service Price", "read")
	wire.require_permission("Clinic Service", "read", service)
	return history.of_service(service)


@frappe.whitelist(methods=["GET"])
def get_performance(
	service: str,
	practitioner: str | None = None,
	technician: str | None = None,
	assistant: str | None = None,
	quantity: str | int | float = 1,
	contract: str | None = None,
	area: str | None = None,
	discount_percent: str | int | float = 0,
	discount_amount: str | int | float = 0,
	with_marketer: str | int | bool = 0,
	with_referrer: str | int | bool = 0,
	on: str | None = None,
) -> dict[str, Any]:
	"""What one sale of a service would earn whom, and why (A18, F33); for managers and accountants.

	{basis, deduction, marketer, referrer, practitioner, technician, assistant, centre, lines}. Without a
	practitioner it is any one, without a technician or assistant nobody.
	"""
	performances.require_overview()
	quote_request.require_services([service])
	asked = {"service": service, "contract": contract, "quantity": quantity, "area": area}
	asked |= {"discount_percent": discount_percent, "discount_amount": discount_amount}
	return performances.preview(
		quote_request.line(asked),
		performances.who(practitioner, technician, assistant),
		with_marketer=bool(cint(with_marketer)),
		with_referrer=bool(cint(with_referrer)),
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


@frappe.whitelist(methods=["GET"])
def list_suggestions() -> dict[str, Any]:
	"""The catalogue of suggested services, and what the clinic has of it already (A20, A27)."""
	wire.require_permission("Clinic Suggested Service", "read")
	return offer.everything()


@frappe.whitelist(methods=["POST"])
def adopt_suggestions(
	rows: str | list, language: str | None = None, idempotency_key: str | None = None
) -> dict[str, Any]:
	"""Make services of suggestions: [{suggestion, amount, areas: {code: amount}}], all or none (A20, A27).

	Amounts in Rial; without one the service is Inactive until it has a price. See `suggestions.adoption`.
	"""
	wire.require_permission("Clinic Service", "create")
	wire.require_permission("Clinic Department", "create")
	wanted = request.prices(wire.parse_list(rows, _("Services")))
	spoken = request.language(language)
	return command(
		"adopt_suggestions",
		idempotency_key,
		lambda: adoption.adopt(wanted, spoken, request.tell_progress),
		content={"rows": rows, "language": language},
	)


@frappe.whitelist(methods=["GET"])
def service_order() -> dict[str, Any]:
	"""Departments and their services in order, for arranging them: {departments, seen} (A19)."""
	wire.require_permission("Clinic Service", "write")
	return arranging.current()


@frappe.whitelist(methods=["POST"])
def arrange_services(
	departments: str | list, seen: str, idempotency_key: str | None = None
) -> dict[str, Any]:
	"""Bring all departments and services into this order (A19, A51, A88) → {moved, departments, seen}.

	`departments`: [{name, services: [names]}] as shown; `seen`: what `service_order` gave. 409 if somebody
	changed the order meanwhile; nothing is written then.
	"""
	wire.require_permission("Clinic Service", "write")
	wire.require_permission("Clinic Department", "write")
	wanted = [_ordered(row) for row in wire.parse_list(departments, _("Departments"))]
	return command(
		"arrange_services",
		idempotency_key,
		lambda: arranging.arrange(wanted, seen),
		content={"departments": wanted, "seen": seen},
	)


def _ordered(row: Any) -> tuple[str, list[str]]:
	services = row.get("services") if isinstance(row, dict) else None
	names = [row.get("name"), *services] if isinstance(services, list) else [None]
	if not all(isinstance(name, str) and name for name in names):
		refuse_input(_("Departments"), _("Send the name and the services of each department."))
	return names[0], names[1:]


@frappe.whitelist(methods=["GET", "POST"])
def export_services(
	file_type: str = export.XLSX, filters: str | list | None = None, or_filters: str | list | None = None
) -> None:
	"""Download the services under these filters of the desk's list as xlsx or csv (A49).

	A pure read; POST is for filters that do not fit into an address.
	"""
	wire.require_permission("Clinic Service", "export")
	if file_type not in export.CONTENT_TYPES:
		refuse_input(_("File type"), _("Choose xlsx or csv."))
	content = export.file_of(
		wire.parse_list(filters, _("Filters")), file_type, wire.parse_list(or_filters, _("Filters"))
	)
	frappe.response.update(
		type="download",
		filename=export.file_name(file_type),
		filecontent=content,
		content_type=export.CONTENT_TYPES[file_type],
	)
