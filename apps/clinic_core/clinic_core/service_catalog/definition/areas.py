"""The body areas of a service: their codes stay, their titles differ (G07). Pure.

An area is known everywhere else by its code, so the code has to survive whatever is done to the rows:
a form sends them with their names, REST and an import replace them all.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from clinic_core.foundation.digits import to_latin
from clinic_core.people.names import fold
from clinic_core.service_catalog.definition.checks import GRID_MINUTES, NOT_NEGATIVE, ON_GRID

NO_TITLE = "no_title"
TITLE_TWICE = "title_twice"
CODE_TWICE = "code_twice"

Row = Mapping[str, Any]


class AreaProblem(NamedTuple):
	"""What is wrong with which field of which row (counted from 1)."""

	row: int
	field: str
	code: str


def codes(rows: Sequence[Row], before: Sequence[Row], new_code: Callable[[], str]) -> list[str]:
	"""The code of each of `rows`, given the rows as they were `before`.

	A row that is known by its name keeps its code, whatever is sent. Any other is known by the code it
	brings, else by its title; what is then still unknown gets a `new_code()`.
	"""
	by_name = {row.get("name"): row["code"] for row in before if row.get("name") and row.get("code")}
	given = [by_name.get(row.get("name")) or tidy(row.get("code")) for row in rows]
	taken = set(given)
	by_title = {fold(row.get("title")): row["code"] for row in before if row.get("code")}
	found = []
	for row, code in zip(rows, given, strict=True):
		if not code:
			known = by_title.get(fold(row.get("title")))
			code = known if known and known not in taken else _unused(new_code, taken)
			taken.add(code)
		found.append(code)
	return found


def tidy(code: str | None) -> str:
	"""A code as it is stored: Latin digits, no spaces around."""
	return to_latin(str(code or "")).strip()


def problems(rows: Sequence[Row]) -> list[AreaProblem]:
	"""Everything that is wrong with the areas, in the order of their rows."""
	found: list[AreaProblem] = []
	titles: set[str] = set()
	seen_codes: set[str] = set()
	for at, row in enumerate(rows, start=1):
		title, code = fold(row.get("title")), fold(row.get("code"))
		if not title:
			found.append(AreaProblem(at, "title", NO_TITLE))
		elif title in titles:
			found.append(AreaProblem(at, "title", TITLE_TWICE))
		if code and code in seen_codes:
			found.append(AreaProblem(at, "code", CODE_TWICE))
		titles.add(title)
		seen_codes.add(code)
		found += [
			AreaProblem(at, field, NOT_NEGATIVE)
			for field in ("amount", "duration_minutes", "session_count")
			if (row.get(field) or 0) < 0
		]
		if (row.get("duration_minutes") or 0) % GRID_MINUTES:
			found.append(AreaProblem(at, "duration_minutes", ON_GRID))
	return found


def _unused(new_code: Callable[[], str], taken: set[str]) -> str:
	while (code := new_code()) in taken:
		pass
	return code
