"""What a service would earn its people: reads what the pure rules need and words the result (A18, F33).

Permission-free: the endpoint has asked who may see it.
"""

import datetime
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import frappe
from frappe import _
from frappe.utils import getdate

from clinic_core.foundation import wire
from clinic_core.foundation.money import to_decimal
from clinic_core.service_catalog import performance, quotes
from clinic_core.service_catalog.performance import ASSISTANT, PRACTITIONER, ROLES, TECHNICIAN, Person, Work
from clinic_core.service_catalog.performance_shares import performance_texts, shares
from clinic_core.service_catalog.performance_shares.share_rules import Book, Target

SERVICE_FIELDS = (
	"department",
	"counts_in_performance",
	"marketer_percent",
	"referrer_percent",
)
ANYBODY = ""
"""A person who is not named: only shares for everybody apply to him."""


def people_of(
	rules: Book, who: Mapping[str, str | None], place: Mapping[str, Any], on: datetime.date
) -> dict[str, Person]:
	"""Who took part in a line and which share applies to each.

	`who`: practitioner by role, None when nobody had it; `place`: department, service and contract.
	"""
	found = {}
	for role in ROLES:
		person = who.get(role)
		if person is None:
			continue
		target = Target(person or None, place["department"], place["service"], place.get("contract"), on)
		rule = rules.choose(role, target)
		found[role] = Person(person, rule.share if rule else None)
	return found


def work_of(
	service: Mapping[str, Any],
	people: Mapping[str, Person],
	basis: Decimal,
	deduction: Decimal,
	quantity: Decimal = Decimal(1),
	marketer: bool = False,
	referrer: bool = False,
) -> Work:
	"""One performed line of a service, given with SERVICE_FIELDS."""
	return Work(
		basis=basis,
		quantity=quantity,
		deduction=deduction,
		marketer_percent=to_decimal(service["marketer_percent"]),
		referrer_percent=to_decimal(service["referrer_percent"]),
		marketer=marketer,
		referrer=referrer,
		counts=bool(service["counts_in_performance"]),
		people=people,
	)


def require_overview() -> None:
	"""What everybody earns is for who sees all shares. Raises frappe.PermissionError."""
	wire.require_permission(shares.DOCTYPE, "read")
	if shares.query():
		frappe.throw(_("Your role does not allow this."), frappe.PermissionError)


def preview(
	line: Mapping[str, Any],
	who: Mapping[str, str | None],
	*,
	with_marketer: bool = False,
	with_referrer: bool = False,
	on: datetime.date | None = None,
) -> dict[str, Any]:
	"""What one sale of a service would earn whom, as the endpoint `get_performance` gives it.

	`line`: as `quotes.quotes_for` takes it; `who`: practitioner by role. Raises InvalidInputError as the
	quote does, and when the percents are more than the whole.
	"""
	day, service = on or getdate(), line["service"]
	[quote] = quotes.quotes_for([line], on=day)
	row = frappe.db.get_value("Clinic Service", service, SERVICE_FIELDS, as_dict=True)
	place = {"department": row.department, "service": service, "contract": quote.get("contract")}
	deduction = to_decimal(quote["deduction"])
	work = work_of(
		row,
		people_of(Book(shares.in_force(day)), who, place, day),
		basis=to_decimal(quote["performance_base"]) + deduction,
		deduction=deduction,
		quantity=to_decimal(quote["quantity"]),
		marketer=with_marketer,
		referrer=with_referrer,
	)
	try:
		return _as_answer(performance.perform(work), quote)
	except performance.PerformanceError as error:
		performance_texts.refuse(error)


def _as_answer(found: performance.Performance, quote: Mapping[str, Any]) -> dict[str, Any]:
	lines = [
		{
			"code": line.code,
			"label": performance_texts.label(line.code),
			"amount": quotes.as_number(line.amount),
			"why": performance_texts.why(line),
			"params": {
				key: quotes.as_number(value) if isinstance(value, Decimal) else value
				for key, value in line.params.items()
			},
		}
		for line in found.lines
	]
	parts = {code: quotes.as_number(found[code]) for code in performance.PARTS}
	about = {key: quote.get(key) for key in ("service", "on", "quantity", "contract", "contract_title")}
	return {**about, "basis": quotes.as_number(found.basis), **parts, "lines": lines}


def who(practitioner: str | None, technician: str | None, assistant: str | None) -> dict[str, str | None]:
	"""People by role for a preview: no practitioner is any one, of the others nobody."""
	return {
		PRACTITIONER: practitioner or ANYBODY,
		TECHNICIAN: technician or None,
		ASSISTANT: assistant or None,
	}
