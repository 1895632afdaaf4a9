"""Whether a patient meets the conditions of a tag rule (D46). Pure: values in, yes or no out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from clinic_core.foundation import digits

NUMBER, MONEY, CHOICE, FLAG = "number", "money", "choice", "flag"
OPERATORS: dict[str, tuple[str, ...]] = {
	NUMBER: (">=", ">", "<=", "<", "=", "!="),
	MONEY: (">=", ">", "<=", "<", "=", "!="),
	CHOICE: ("Is", "Is Not"),
	FLAG: ("Yes", "No"),
}
ALL, ANY = "All", "Any"

# What can be wrong with a condition, as codes: the caller says it.
UNKNOWN_OPERATOR = "unknown_operator"
NO_VALUE = "no_value"
NOT_A_NUMBER = "not_a_number"


@dataclass(frozen=True, order=True)
class Column:
	"""One figure of every patient: a measure with what narrows it."""

	measure: str
	days: int = 0
	service: str = ""
	department: str = ""


@dataclass(frozen=True)
class Condition:
	"""`value` is a Decimal for numbers and money, a text for choices, None for flags."""

	column: Column
	operator: str
	value: Any = None


class ConditionError(ValueError):
	"""A condition that cannot be judged; `code` says why."""

	def __init__(self, code: str) -> None:
		super().__init__(code)
		self.code = code


def read_value(kind: str, operator: str, typed: str | None) -> Any:
	"""The value of a condition as it is compared. Raises ConditionError."""
	if operator not in OPERATORS[kind]:
		raise ConditionError(UNKNOWN_OPERATOR)
	text = str(typed).strip() if typed not in (None, "") else ""
	if kind == FLAG:
		return None
	if not text:
		raise ConditionError(NO_VALUE)
	if kind == CHOICE:
		return text
	try:
		return digits.parse_number(text)
	except ValueError as error:
		raise ConditionError(NOT_A_NUMBER) from error


def fits(conditions: Sequence[Condition], match: str, values: Mapping[Column, Any]) -> bool:
	"""Whether one patient with these values meets all, or any, of the conditions; none fits no rule.

	A value nobody knows (None) fits only what asks for something else: an unknown age is not over 40,
	and not under 40 either.
	"""
	if not conditions:
		return False
	judged = (_meets(condition, values.get(condition.column)) for condition in conditions)
	return any(judged) if match == ANY else all(judged)


def _meets(condition: Condition, value: Any) -> bool:
	operator, wanted = condition.operator, condition.value
	if operator == "Yes":
		return bool(value)
	if operator == "No":
		return not value
	if operator == "Is":
		return value is not None and str(value) == wanted
	if operator == "Is Not":
		return value is None or str(value) != wanted
	if value is None:
		return operator == "!="
	return _compare(_decimal(value), operator, wanted)


def _compare(value: Decimal, operator: str, wanted: Decimal) -> bool:
	return {
		"=": value == wanted,
		"!=": value != wanted,
		">": value > wanted,
		">=": value >= wanted,
		"<": value < wanted,
		"<=": value <= wanted,
	}[operator]


def _decimal(value: Any) -> Decimal:
	return value if isinstance(value, Decimal) else Decimal(str(value))


def changes(
	fitting: set[str], by_rule: set[str], by_hand: set[str], looked_at: set[str]
) -> tuple[set[str], set[str]]:
	"""(who gets the tag, who loses it) among those looked at: what a hand gave is never taken."""
	gains = (fitting - by_rule - by_hand) & looked_at
	loses = (by_rule - fitting) & looked_at
	return gains, loses
