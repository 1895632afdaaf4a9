"""What tag rules can ask about patients: a registry filled by the apps (hook `clinic_tag_measures`).

A handler gives a list of `Measure`. Each reads the values of many patients in one query; an app
further out may replace a measure of the same name by a better one.
"""

import datetime
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import frappe
from frappe.utils import add_days, getdate
from pypika.queries import QueryBuilder
from pypika.terms import Criterion, Field

from clinic_core.people.tags.rules import Column

HOOK = "clinic_tag_measures"
PATIENT = "Clinic Patient"
SUM, SMALLEST, LARGEST = "sum", "min", "max"
_FOLD: dict[str, Callable[[Any, Any], Any]] = {
	SUM: lambda one, other: one + other,
	SMALLEST: min,
	LARGEST: max,
}


@dataclass(frozen=True)
class Asked:
	"""Whom a measure is asked about: patients by name in (after, upto], and files merged into them."""

	after: str
	upto: str
	also: tuple[str, ...] = ()
	days: int = 0
	service: str = ""
	department: str = ""
	today: datetime.date = field(default_factory=getdate)

	def whom(self, column: Field) -> Criterion:
		"""The condition on the column that holds the patient."""
		condition = (column > self.after) & (column <= self.upto)
		return condition | column.isin(list(self.also)) if self.also else condition

	@property
	def since(self) -> datetime.date | None:
		"""The first day that counts; None for ever."""
		return add_days(self.today, -self.days) if self.days else None


@dataclass(frozen=True)
class Measure:
	"""A figure of every patient. `read(asked)` gives (patient, value) pairs, from one query.

	`kind`: number, money, choice or flag. `takes`: which of days, service, department narrow it.
	`default`: the value of who has no row. `options` (of a choice): a DocType or fixed values.
	`fold`: how the values of files that were merged into one are put together.
	"""

	name: str
	label: Callable[[], str]
	kind: str
	read: Callable[[Asked], Sequence[tuple[str, Any]]]
	takes: frozenset[str] = frozenset()
	default: Any = None
	options: str | tuple[str, ...] = ()
	fold: str = SUM


def registry() -> dict[str, Measure]:
	"""All measures of the installed apps by name, in the order they are offered in."""
	found: dict[str, Measure] = {}
	for handler in frappe.get_hooks(HOOK):
		for measure in frappe.get_attr(handler)():
			found[measure.name] = measure
	return found


def read(
	column: Column, measure: Measure, asked: Asked, merged: Mapping[str, str]
) -> tuple[dict[str, Any], Any]:
	"""({patient: value}, value of the others) of one column."""
	narrowed = Asked(
		asked.after,
		asked.upto,
		asked.also,
		column.days if "days" in measure.takes else 0,
		column.service if "service" in measure.takes else "",
		column.department if "department" in measure.takes else "",
		asked.today,
	)
	values: dict[str, Any] = {}
	for patient, value in measure.read(narrowed):
		if value is None:
			continue
		if patient in merged and measure.kind not in ("number", "money"):
			continue  # what a merged file said about the person is no longer asked
		whole = merged.get(patient, patient)
		values[whole] = _FOLD[measure.fold](values[whole], value) if whole in values else value
	return values, measure.default


def merged_into() -> dict[str, str]:
	"""Files that were merged, with the one that is kept in the end; one query."""
	rows = dict(
		frappe.get_all(
			PATIENT,
			filters={"status": "Merged", "merged_into": ("is", "set")},
			fields=["name", "merged_into"],
			order_by="name asc",
			as_list=True,
		)
	)
	return {name: _end_of(name, rows) for name in rows}


def _end_of(name: str, rows: Mapping[str, str]) -> str:
	seen = {name}
	while (following := rows.get(name)) and following not in seen:
		seen.add(following)
		name = following
	return name


def pairs(query: QueryBuilder) -> list[tuple[str, Any]]:
	"""Run a query of two columns."""
	return [(row[0], row[1]) for row in query.run()]
