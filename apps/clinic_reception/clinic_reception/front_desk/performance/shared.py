"""Performed lines shared out among their people (A18, F33); person by person: `people`.

Permission-free: the report asks who may see whom.
"""

from decimal import Decimal
from typing import Any

from clinic_core.foundation.money import to_decimal
from clinic_core.service_catalog import performance
from clinic_core.service_catalog.performance import PARTS, ROLES, PerformanceError
from clinic_core.service_catalog.performance_shares import performances, shares
from clinic_core.service_catalog.performance_shares.share_rules import Book
from frappe.utils import getdate

from clinic_reception.front_desk.performance import facts
from clinic_reception.front_desk.performance.earned import Earning
from clinic_reception.front_desk.performance.facts import Asked

MARKETER, REFERRER = "Marketer", "Referrer"


def lines(asked: Asked) -> list[dict[str, Any]]:
	"""Every performed line with its basis and its parts; four queries."""
	rules = Book(shares.in_force(asked.period.first, asked.period.last))
	return [_line(row, earning, rules) for row, earning in facts.performed(asked)]


def _line(row: dict[str, Any], earning: Earning, rules: Book) -> dict[str, Any]:
	people = performances.people_of(
		rules,
		{role: row[role.lower()] for role in ROLES},
		{"department": row["department"], "service": row["service"], "contract": earning.contract},
		getdate(row["posted_at"]),
	)
	work = performances.work_of(
		row,
		people,
		basis=earning.basis,
		deduction=earning.deduction,
		quantity=to_decimal(row["quantity"]) or Decimal(1),
		marketer=row["counts_as"] == MARKETER,
		referrer=row["counts_as"] == REFERRER,
	)
	return {**row, "basis": earning.basis, "contract": earning.contract, **_parts(work)}


def _parts(work: performance.Work) -> dict[str, Any]:
	"""The parts by code; what cannot be shared out is the centre's, and marked."""
	try:
		found = performance.perform(work)
	except PerformanceError as error:
		nothing = dict.fromkeys(PARTS, Decimal(0))
		return {"earned": {**nothing, performance.CENTRE: work.basis}, "problem": error.code}
	return {"earned": dict(found.parts), "problem": None}
