"""What becomes of suggested services that were chosen: which are new, in which department. Pure.

A suggestion is a mapping of the fields of Clinic Suggested Service; amounts are in stored units (Rial).
"""

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any, NamedTuple

from clinic_core.people.names import fold
from clinic_core.service_catalog.suggestions.catalogue import LANGUAGES, areas_of

ADOPTED = "adopted"
SAME_NAME = "same_name"

_TAKEN_OVER = (
	"duration_minutes",
	"is_countable",
	"is_outpatient_procedure",
	"is_session_based",
	"session_count",
	"session_interval_days",
	"allowed_absence_count",
	"dental_scope",
	"gender",
	"reminder_days",
	"touch_up_days",
)

Row = Mapping[str, Any]


class Service(NamedTuple):
	"""A service the clinic has."""

	name: str
	service_name: str
	department: str
	suggestion: str | None


class Known(NamedTuple):
	"""The service of the clinic that a suggestion would repeat, and why it is the same."""

	service: str
	reason: str


class Prices(NamedTuple):
	"""What the manager typed: None where the box was left empty; areas by their code."""

	amount: Decimal | None
	areas: Mapping[str, Decimal]


def language_of(site_language: str | None) -> str:
	"""The column of names for a site in that language, `en` where there is none: `fa-IR` is `fa`."""
	short = (site_language or "").replace("_", "-").split("-")[0].lower()
	return short if short in LANGUAGES else "en"


def title(row: Row, language: str, prefix: str = "title") -> str:
	"""The name of a suggestion (or, with the prefix `department`, of its department) in a language.

	Where the catalogue has none in that language it is the English one.
	"""
	return row.get(f"{prefix}_{language}") or row[f"{prefix}_en"]


def titles(row: Row, prefix: str = "title") -> set[str]:
	"""All its names, folded: any of them is the same thing."""
	return {fold(row.get(f"{prefix}_{language}")) for language in LANGUAGES} - {""}


def departments(rows: Iterable[Row], existing: Mapping[str, str]) -> dict[str, str]:
	"""Code of a suggested department → the clinic's own department it is, for those the clinic has.

	`existing` maps the names of the clinic's departments to their titles. The same code is the same
	department; so is the same title in any language.
	"""
	by_title = {fold(its_title): name for name, its_title in reversed(existing.items())}
	found: dict[str, str] = {}
	for row in rows:
		code = row["department"]
		if code in found:
			continue
		same = [by_title[one] for one in sorted(titles(row, "department")) if one in by_title]
		if code in existing:
			found[code] = code
		elif same:
			found[code] = same[0]
	return found


def already_there(
	rows: Iterable[Row], mapped: Mapping[str, str], services: Iterable[Service]
) -> dict[str, Known]:
	"""Code of a suggestion → the service that is already it, for those the clinic has.

	`mapped` is the answer of `departments`. A service is the same if it was adopted from the suggestion,
	wherever it stands and however it is called now, or has one of its names in the same department.
	"""
	adopted, by_name = {}, {}
	for service in services:
		if service.suggestion:
			adopted[service.suggestion] = service.name
		by_name.setdefault((service.department, fold(service.service_name)), service.name)
	found: dict[str, Known] = {}
	for row in rows:
		if row["code"] in adopted:
			found[row["code"]] = Known(adopted[row["code"]], ADOPTED)
			continue
		# A department the clinic lacks is not in `mapped`, and has no services.
		place = mapped.get(row["department"], "")
		same = [by_name[place, one] for one in sorted(titles(row)) if (place, one) in by_name]
		if same:
			found[row["code"]] = Known(same[0], SAME_NAME)
	return found


def area_code(title_en: str) -> str:
	"""The code of an area, made of its English name: `Upper lip` is `upper-lip`."""
	return re.sub(r"[^a-z0-9]+", "-", title_en.lower()).strip("-")


def area_codes(row: Row) -> set[str]:
	"""The codes of the areas of a suggestion."""
	return {area_code(area.title_en) for area in areas_of(row.get("areas"))}


def service_fields(row: Row, prices: Prices, language: str, resource_kinds: Iterable[str]) -> dict[str, Any]:
	"""The fields of the Clinic Service that a suggestion becomes, but for code, department and priority.

	Without any price it is Inactive with amount 0: nobody can sell it by mistake; 0 as a price means free.
	An area without a price costs what the service does. Where only areas have prices the service is sold by
	area only, and areas without one are not offered. `resource_kinds` are those the clinic has: a service
	that needed a device where there is none would never have a free time.
	"""
	areas = areas_of(row.get("areas"))
	amount = prices.amount
	by_area_only = amount is None and bool(prices.areas)
	return {
		**{field: row.get(field) for field in _TAKEN_OVER},
		"service_name": title(row, language),
		"suggestion": row["code"],
		"amount": amount or Decimal(0),
		"status": "Inactive" if amount is None and not by_area_only else "Active",
		"resource_kind": row.get("resource_kind") if row.get("resource_kind") in set(resource_kinds) else "",
		"areas": [
			{
				"title": area.in_language(language),
				"code": area_code(area.title_en),
				"amount": prices.areas.get(area_code(area.title_en), amount or Decimal(0)),
				"duration_minutes": area.duration_minutes,
				"is_active": int(not by_area_only or area_code(area.title_en) in prices.areas),
			}
			for area in areas
		],
	}
