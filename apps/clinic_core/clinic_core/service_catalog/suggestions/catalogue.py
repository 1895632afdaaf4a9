"""The catalogue of services clinics know, as files people can review: `data/*.csv`. Pure.

`departments.csv` names the departments and the file of each; a row of such a file is one service. Areas
of the body stand in one cell, `Face/صورت/20; Neck/گردن/15`: the names in English and Persian, minutes.
"""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "data"
LANGUAGES = ("en", "fa", "tr", "zh")
"""Languages with a column of names; English and Persian are complete, the others may be empty."""

_NUMBERS = (
	"edition",
	"duration_minutes",
	"is_countable",
	"is_outpatient_procedure",
	"session_count",
	"session_interval_days",
	"allowed_absence_count",
	"reminder_days",
	"touch_up_days",
)
_TEXTS = ("code", "kind", "dental_scope", "resource_kind")


@dataclass(frozen=True)
class Area:
	"""An area of the body a service is offered for, with its usual length in minutes."""

	title_en: str
	title_fa: str
	duration_minutes: int

	def in_language(self, language: str) -> str:
		"""Its name; what is not Persian is English."""
		return self.title_fa if language == "fa" else self.title_en


def read(folder: Path = FOLDER) -> list[dict[str, Any]]:
	"""All suggested services in the order of the catalogue, as fields of Clinic Suggested Service.

	`edition` says with which release of the catalogue a service came.
	Raises ValueError naming file and line if a row cannot be read.
	"""
	found: list[dict[str, Any]] = []
	for department in _rows(folder / "departments.csv"):
		path = folder / f"{department['file']}.csv"
		for line, row in enumerate(_rows(path), start=2):
			try:
				found.append(_service(row, department, len(found) + 1))
			except (KeyError, ValueError) as error:
				raise ValueError(f"{path.name}, line {line}: {error}") from error
	return found


def areas_of(text: str | None) -> list[Area]:
	"""The areas of a service as they stand in its field: one line each, `Face / صورت / 20`.

	Raises ValueError if a line has not these three parts.
	"""
	found = []
	for line in (text or "").splitlines():
		if not line.strip():
			continue
		title_en, title_fa, minutes = (part.strip() for part in line.split("/"))
		found.append(Area(title_en, title_fa, int(minutes)))
	return found


def _service(row: Mapping[str, str], department: Mapping[str, str], priority: int) -> dict[str, Any]:
	areas = "\n".join(part.strip() for part in row["areas"].split(";") if part.strip())
	areas_of(areas)
	numbers = {field: int(row[field] or 0) for field in _NUMBERS}
	return {
		**{field: row[field] for field in _TEXTS},
		**{f"title_{language}": row[f"title_{language}"] for language in LANGUAGES},
		**numbers,
		"is_session_based": int(numbers["session_count"] > 0),
		"gender": row["gender"] or "Any",
		"areas": areas,
		"priority": priority,
		"department": department["code"],
		"department_kind": department["kind"],
		**{f"department_{language}": department[f"title_{language}"] for language in LANGUAGES},
	}


def _rows(path: Path) -> Iterator[dict[str, str]]:
	with open(path, encoding="utf-8", newline="") as file:
		yield from csv.DictReader(file, strict=True)


@cache
def edition() -> int:
	"""The newest edition in the catalogue."""
	return max(row["edition"] for row in read())
