"""Performed lines shared out among their people, line by line and person by person (A18, F33).

Permission-free: the report asks who may see whom.
"""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from clinic_core.foundation.money import to_decimal
from clinic_core.service_catalog import performance, performances, shares
from clinic_core.service_catalog.performance import PARTS, ROLES, PerformanceError
from clinic_core.service_catalog.share_rules import Book
from frappe.utils import getdate

from clinic_reception.front_desk.performance import facts
from clinic_reception.front_desk.performance.earned import Earning
from clinic_reception.front_desk.performance.facts import Asked

MARKETER, REFERRER = "Marketer", "Referrer"
_OF_THE_PRACTITIONER = ("basis", "deduction", "marketer", "referrer")


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


def by_person(found: Iterable[Mapping[str, Any]], role: str | None = None) -> list[dict[str, Any]]:
	"""One row per person, and one for lines without a practitioner (`person` None). Pure.

	Basis and what is taken off it are those of the lines somebody was the practitioner of, so that the
	rows add up to the lines; what he earned is told by role. `role` leaves out the work in the others.
	"""
	rows: dict[str | None, dict[str, Any]] = {}
	for line in found:
		for person, part in _who(line, role):
			row = rows.setdefault(person, _empty(person))
			row["services"] += 1
			row[f"earned_{part}"] += line["earned"][part]
			row["earned"] += line["earned"][part]
			if part == "practitioner":
				row["basis"] += line["basis"]
				row["centre"] += line["earned"]["centre"]
				for code in _OF_THE_PRACTITIONER[1:]:
					row[code] += line["earned"][code]
	return sorted(rows.values(), key=lambda row: (row["person"] is None, -row["earned"], str(row["person"])))


def _who(line: Mapping[str, Any], role: str | None) -> list[tuple[str | None, str]]:
	"""(person, part) of everybody who took part; the practitioner's place is never left out."""
	parts = [one.lower() for one in ROLES if role in (None, one)]
	return [(line[part], part) for part in parts if line[part] or part == "practitioner"]


def _empty(person: str | None) -> dict[str, Any]:
	amounts = (*_OF_THE_PRACTITIONER, *(f"earned_{one.lower()}" for one in ROLES), "earned", "centre")
	return {"person": person, "services": 0, **dict.fromkeys(amounts, Decimal(0))}
