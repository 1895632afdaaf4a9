"""What a contract covers, and what each service costs by it: a page at a time, constant queries.

Permission-free: callers have asked whether the user may see the contract.
"""

import datetime
from collections import defaultdict
from typing import Any, NamedTuple

import frappe
from frappe.model.document import Document
from frappe.utils import getdate

from clinic_core.people.names import fold
from clinic_core.service_catalog import quotes
from clinic_core.service_catalog.price_levels import contract_clashes, contracts
from clinic_core.service_catalog.price_levels.contracts import Chosen, Subject

PAGE = 100
MOST = 500


class Covered(NamedTuple):
	"""A service (and body area) that the contract prices, by one of its lines."""

	service: Any
	area: str
	area_title: str
	chosen: Chosen


def page(
	contract: Document, text: str | None = None, start: int = 0, page_length: int = PAGE
) -> dict[str, Any]:
	"""The covered services in the order of the list: {on, total, has_more, rows}.

	`on` is today, or the nearest day on which the contract is valid. Each row: {service, service_name,
	area, area_title, department, applies_to, list_price, unit_price, insurer_share, patient_share} for one
	unit, Rial. `text` finds words of the name, the area or the codes.
	Raises InvalidInputError for a contract that is not active.
	"""
	on = nearest_day(contract)
	covered = [one for one in _covered(contract) if _fits(one, text)]
	shown = covered[start : start + min(page_length, MOST)]
	named = "supplementary_contract" if contract.is_supplementary else "contract"
	results = quotes.quotes_for(
		[{"service": one.service.name, "area": one.area or None, named: contract.name} for one in shown],
		branch=contract.branch,
		on=on,
	)
	return {
		"on": str(on),
		"total": len(covered),
		"has_more": start + len(shown) < len(covered),
		"rows": [_row(one, result) for one, result in zip(shown, results, strict=True)],
	}


def nearest_day(contract: Document) -> datetime.date:
	"""Today, the first day of a contract still to come, or the last of one that is over."""
	today, start = getdate(), getdate(contract.valid_from)
	if start > today:
		return start
	end = getdate(contract.valid_to) if contract.valid_to else None
	return end if end and end < today else today


def _covered(contract: Document) -> list[Covered]:
	"""Every active service the contract prices, by area where it is sold by area: three queries."""
	rule = contract_clashes.as_contract(contract)
	areas = defaultdict(list)
	for row in frappe.get_all(
		"Clinic Service Area",
		filters={"parenttype": "Clinic Service", "is_active": 1},
		fields=["parent", "code", "title"],
		order_by="parent asc, idx asc",
	):
		areas[row.parent].append((row.code, row.title))
	found = []
	for service in _services():
		if contract.is_supplementary and not service.has_insurance:
			continue  # nobody pays before it
		for area, title in areas[service.name] or [("", "")]:
			chosen = contracts.best(_subject(service, area), [rule])
			if chosen:
				found.append(Covered(service, area, title, chosen))
	return found


def _services() -> list[Any]:
	departments = dict(
		frappe.get_all("Clinic Department", fields=["name", "title"], order_by="name asc", as_list=True)
	)
	rows = frappe.get_all(
		"Clinic Service",
		filters={"status": "Active"},
		fields=[
			"name",
			"service_name",
			"department",
			"national_code",
			"barcode",
			"has_insurance",
			"is_outpatient_procedure",
		],
		order_by="department asc, priority asc, service_name asc, name asc",
	)
	for row in rows:
		row.department_title = departments.get(row.department, row.department)
	return rows


def _subject(service: Any, area: str) -> Subject:
	return Subject(
		service=service.name,
		area=area,
		department=service.department,
		national_code=service.national_code or "",
		has_insurance=bool(service.has_insurance),
		is_outpatient_procedure=bool(service.is_outpatient_procedure),
	)


def _fits(one: Covered, text: str | None) -> bool:
	words = fold(text or "").split()
	service = one.service
	known = fold(
		f"{service.service_name} {one.area_title} {service.name} {service.national_code or ''} "
		f"{service.department_title}"
	)
	return all(word in known for word in words)


def _row(one: Covered, quote: dict[str, Any]) -> dict[str, Any]:
	target = one.chosen.item.target
	return {
		"service": one.service.name,
		"service_name": one.service.service_name,
		"area": one.area,
		"area_title": one.area_title,
		"department": one.service.department_title,
		"applies_to": target.applies_to,
		"method": one.chosen.item.method,
		**{field: quote[field] for field in ("list_price", "unit_price", "insurer_share", "patient_share")},
	}
