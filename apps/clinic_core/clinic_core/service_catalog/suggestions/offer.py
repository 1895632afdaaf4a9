"""What the dialog of suggested services shows: the catalogue, and what the clinic has of it already."""

from typing import Any

import frappe

from clinic_core.service_catalog.suggestions import choice, records
from clinic_core.service_catalog.suggestions.catalogue import LANGUAGES, areas_of

_SHOWN = (
	"code",
	"kind",
	"duration_minutes",
	"session_count",
	"session_interval_days",
	"dental_scope",
	"gender",
	"department",
)


def everything() -> dict[str, Any]:
	"""{language, departments, services}: the whole catalogue in its order, in four queries.

	`language` is that of the site: the names services get unless another is asked for. A department is
	{code, kind, titles, department, department_title}, the last two of the clinic's own one, None if it has
	none yet. A service has `service` and `reason` (`adopted` or `same_name`) where the clinic has it already.
	"""
	rows = records.suggestions()
	own = records.departments()
	mapped = choice.departments(rows, {name: row.title for name, row in own.items()})
	there = choice.already_there(rows, mapped, records.as_services(records.services()))
	return {
		"language": choice.language_of(frappe.db.get_single_value("System Settings", "language")),
		"departments": _departments(rows, mapped, own),
		"services": [_shown(row, there.get(row["code"])) for row in rows],
	}


def _departments(
	rows: list[dict[str, Any]], mapped: dict[str, str], own: dict[str, dict[str, Any]]
) -> list[dict[str, Any]]:
	first = {row["department"]: row for row in reversed(rows)}
	return [
		{
			"code": code,
			"kind": row["department_kind"],
			"titles": _names(row, "department"),
			"department": mapped.get(code),
			"department_title": own[mapped[code]].title if code in mapped else None,
		}
		for code, row in sorted(first.items(), key=lambda item: item[1]["priority"])
	]


def _shown(row: dict[str, Any], known: choice.Known | None) -> dict[str, Any]:
	return {
		**{field: row[field] for field in _SHOWN},
		"titles": _names(row, "title"),
		"areas": [
			{
				"code": choice.area_code(area.title_en),
				"titles": {"en": area.title_en, "fa": area.title_fa},
				"duration_minutes": area.duration_minutes,
			}
			for area in areas_of(row["areas"])
		],
		"service": known.service if known else None,
		"reason": known.reason if known else None,
	}


def _names(row: dict[str, Any], prefix: str) -> dict[str, str]:
	"""Names by language, without the languages that have none."""
	names = {language: row.get(f"{prefix}_{language}") for language in LANGUAGES}
	return {language: name for language, name in names.items() if name}
