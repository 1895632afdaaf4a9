"""How a table is imported, as the manager chose it. Pure."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from clinic_core.people.importing import dates
from clinic_core.people.importing.rows import CREATE, SKIP, UPDATE

_KNOWN = frozenset({SKIP, UPDATE, CREATE})


@dataclass(frozen=True)
class Options:
	"""`columns`: field → index; `date_styles`: field → style; `defaults`: field → value for all rows.

	`factor`: how many stored units of money one of the file's is, None for the clinic's own way to type.
	"""

	sheet: str | None = None
	header_row: int = 0
	columns: Mapping[str, int] = field(default_factory=dict)
	date_styles: Mapping[str, str] = field(default_factory=dict)
	duplicates: str = SKIP
	matches: tuple[str, ...] = ()
	defaults: Mapping[str, Any] = field(default_factory=dict)
	factor: float | None = None
	create_missing: bool = False

	def to_json(self) -> str:
		"""As it is stored with an import."""
		return json.dumps(asdict(self), ensure_ascii=False, sort_keys=True)

	def changed(self, **values: Any) -> "Options":
		"""A copy with other values."""
		return replace(self, **values)


def from_json(text: str | None) -> Options:
	"""What was stored; what is missing is as a new one has it."""
	return from_dict(json.loads(text) if text else {})


def from_dict(given: Mapping[str, Any]) -> Options:
	"""Options as the browser sends them. What cannot be is left out or as by default; never an error."""
	columns = _pairs(given.get("columns"))
	return Options(
		sheet=str(given["sheet"]) if given.get("sheet") else None,
		header_row=_index(given.get("header_row")) or 0,
		columns={key: at for key, value in columns.items() if (at := _index(value)) is not None},
		date_styles={k: v for k, v in _pairs(given.get("date_styles")).items() if str(v) in dates.STYLES},
		duplicates=given.get("duplicates") if str(given.get("duplicates")) in _KNOWN else SKIP,
		matches=tuple(str(one) for one in _list(given.get("matches"))),
		defaults={k: v for k, v in _pairs(given.get("defaults")).items() if v not in (None, "")},
		factor=_factor(given.get("factor")),
		create_missing=bool(given.get("create_missing")),
	)


def _pairs(value: Any) -> Mapping[str, Any]:
	return value if isinstance(value, Mapping) else {}


def _list(value: Any) -> list[Any]:
	return list(value) if isinstance(value, list | tuple) else []


def _index(value: Any) -> int | None:
	try:
		index = int(value)
	except (TypeError, ValueError, OverflowError):
		return None
	return index if 0 <= index < 10_000 else None


def _factor(value: Any) -> float | None:
	try:
		factor = float(value)
	except (TypeError, ValueError, OverflowError):
		return None
	return factor if 0 < factor <= 10**6 else None
