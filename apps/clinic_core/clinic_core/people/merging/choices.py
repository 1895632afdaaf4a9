"""Which file's value is kept, field by field (D44). Pure.

A choice is `keep`, `duplicate` or, for texts, `both`. Without one the kept file's value stays, its gaps are
filled from the other, and what warns of a danger is joined: no alert is lost by merging.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

KEEP, DUPLICATE, BOTH = "keep", "duplicate", "both"
ALWAYS_JOINED = frozenset({"alerts", "allergies", "note"})
IDENTITY = "national_code"


class UnknownChoice(ValueError):
	"""A choice that cannot be made; `field` says for what."""

	def __init__(self, field: str) -> None:
		super().__init__(field)
		self.field = field


@dataclass(frozen=True)
class Choosable:
	"""A field one can choose: its name, and whether two values can stand below each other."""

	field: str
	is_text: bool = False

	@property
	def options(self) -> tuple[str, ...]:
		"""What may be chosen."""
		return (KEEP, DUPLICATE, BOTH) if self.is_text else (KEEP, DUPLICATE)


def suggested(field: Choosable, mine: Any, other: Any) -> str:
	"""The choice that is made when nobody chooses."""
	if _is_empty(other) or mine == other:
		return KEEP
	if _is_empty(mine):
		return DUPLICATE
	return BOTH if field.is_text and field.field in ALWAYS_JOINED else KEEP


def settle(
	fields: Sequence[Choosable],
	mine: Mapping[str, Any],
	other: Mapping[str, Any],
	choices: Mapping[str, str],
) -> dict[str, Any]:
	"""The values of the kept file that change, by field. Raises UnknownChoice."""
	known = {field.field: field for field in fields}
	for name, choice in choices.items():
		if name not in known or choice not in known[name].options:
			raise UnknownChoice(name)
	new = {}
	for name, field in known.items():
		choice = choices.get(name) or suggested(field, mine.get(name), other.get(name))
		value = _value(choice, mine.get(name), other.get(name))
		if value != mine.get(name):
			new[name] = value
	return new


def differing(
	fields: Sequence[Choosable], mine: Mapping[str, Any], other: Mapping[str, Any]
) -> list[Choosable]:
	"""The fields there is something to choose for."""
	return [
		field
		for field in fields
		if mine.get(field.field) != other.get(field.field)
		and not (_is_empty(mine.get(field.field)) and _is_empty(other.get(field.field)))
	]


def _value(choice: str, mine: Any, other: Any) -> Any:
	if choice == DUPLICATE:
		return other
	if choice == BOTH:
		return joined(mine, other)
	return mine


def joined(mine: Any, other: Any) -> str:
	"""Two texts below each other, no line twice."""
	lines = [line.strip() for text in (mine, other) for line in str(text or "").splitlines()]
	return "\n".join(dict.fromkeys(line for line in lines if line))


def _is_empty(value: Any) -> bool:
	return value in (None, "", 0)
