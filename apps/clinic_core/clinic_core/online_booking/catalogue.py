"""What is offered online: services, who gives them, their areas and prices (A07, A58). No permission asked.

Only what strangers may know is read, and only what is active and marked for online booking.
"""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import frappe
from frappe import _

from clinic_core.foundation import rows
from clinic_core.online_booking import opening, rules
from clinic_core.service_catalog.public_page import public_prices
from clinic_core.service_catalog.quoting import offered_areas

SERVICE = "Clinic Service"
_FIELDS = [
	"name",
	"service_name",
	"display_name",
	"department",
	"summary",
	"show_price",
	"duration_minutes",
	"gender",
	"bookable_online",
	"pay_online",
	"online_payment_mode",
	"online_deposit",
]


def services() -> list[Any]:
	"""Services that can be booked online, in the manager's order."""
	return frappe.get_all(
		SERVICE,
		{"status": "Active", "bookable_online": 1},
		_FIELDS,
		order_by="priority asc, service_name asc, name asc",
		limit_page_length=0,
	)


def service(name: str) -> Any:
	"""One of them. Raises NotOnlineError for any other, known or not."""
	opening.require()
	row = rows.one(SERVICE, name, [*_FIELDS, "status"]) if name else None
	if not row or row.status != "Active" or not row.bookable_online:
		opening.refuse()
	return row


def title_of(row: Any) -> str:
	"""What the public calls a service."""
	return row.display_name or _(row.service_name)


def practitioners(service_name: str) -> list[Any]:
	"""{name, title, speciality} of who gives the service and is booked online. One query."""
	person, row = frappe.qb.DocType("Clinic Practitioner"), frappe.qb.DocType("Clinic Practitioner Service")
	return (
		frappe.qb.from_(person)
		.join(row)
		.on((row.parent == person.name) & (row.parenttype == "Clinic Practitioner"))
		.select(person.name, person.practitioner_name.as_("title"), person.speciality, row.gender)
		.where((row.service == service_name) & (person.is_active == 1) & (person.bookable_online == 1))
		.orderby(person.practitioner_name)
		.orderby(person.name)
		.run(as_dict=True)
	)


def areas(service_name: str) -> list[offered_areas.Area]:
	"""The body areas the service is booked for (G07)."""
	return list(offered_areas.of_services([service_name]).get(service_name, {}).values())


def price(service_name: str, area: str | None = None) -> Decimal | None:
	"""What somebody nobody knows pays today, None when it cannot be said."""
	key = (service_name, area or "")
	return public_prices.of([key]).get(key)


def asks_gender(row: Any, people: Sequence[Any]) -> bool:
	"""Whether times differ for women and men (G01): by the service, who gives it, or his shifts."""
	names = [one.name for one in people]
	if row.gender not in (None, "", "Any") or any(one.gender not in (None, "", "Any") for one in people):
		return True
	if not names:
		return False
	shift, schedule = frappe.qb.DocType("Clinic Schedule Shift"), frappe.qb.DocType("Clinic Schedule")
	found = (
		frappe.qb.from_(shift)
		.join(schedule)
		.on(shift.parent == schedule.name)
		.select(shift.name)
		.where(schedule.practitioner.isin(names) & shift.gender.isin(["Female", "Male"]))
		.limit(1)
		.run()
	)
	return bool(found)


def amount_to_pay(row: Any, area: str | None = None) -> Decimal:
	"""What a booking of this service pays at once, in stored units (A08, A59)."""
	return rules.to_pay(row, price(row.name, area) if row.pay_online else None)


def contact_links(services: list[str]) -> dict[str, str]:
	"""Where “Book” of the public page leads (hook `clinic_contact_link`): here, for what is booked online."""
	if not opening.is_open():
		return {}
	shown = frappe.get_all(
		SERVICE,
		{"status": "Active", "bookable_online": 1, "name": ("in", services or [""])},
		pluck="name",
		order_by="name asc",
	)
	return {"": "/book", **{name: f"/book?service={name}" for name in shown}}
