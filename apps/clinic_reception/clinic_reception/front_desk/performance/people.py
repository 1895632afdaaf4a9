"""Performed lines put together person by person (F33). Pure."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from clinic_core.service_catalog.performance import ROLES

_OF_THE_PRACTITIONER = ("basis", "deduction", "marketer", "referrer")


def by_person(found: Iterable[Mapping[str, Any]], role: str | None = None) -> list[dict[str, Any]]:
	"""One row per person, and one for lines without a practitioner (`person` None).

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
