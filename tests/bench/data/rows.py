"""Tables as streams of rows. Pure.

A table is a DocType with the columns the data sets fill, and a function that yields its rows in the
order of their names. Columns that are not named keep the default of the database.
"""

import datetime
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache

from clinic_core.foundation import jalali

from tests.bench.data.staff import user

Row = tuple[object, ...]
HEAD = ("name", "creation", "modified", "owner", "modified_by")
CHILD = ("parent", "parenttype", "parentfield", "idx")
RECEPTION, CASHIER, ADMINISTRATOR = user("reception"), user("cashier"), "Administrator"


@dataclass(frozen=True)
class Table:
	"""One table: its DocType, its columns after HEAD, and its rows for a world."""

	doctype: str
	columns: tuple[str, ...]
	rows: Callable[..., Iterator[Row]]
	expected: Callable[..., int]
	"""About how many rows there will be, for the progress bar."""

	@property
	def all_columns(self) -> tuple[str, ...]:
		"""Every column that is filled."""
		return (*HEAD, *self.columns)


def head(name: str, at: datetime.datetime, owner: str) -> Row:
	"""What every row begins with."""
	return (name, at, at, owner, owner)


@cache
def jalali_month(day: datetime.date) -> str:
	"""The product's month for grouping, worked out once for each day."""
	return jalali.jalali_month(day)


@cache
def jalali_year(day: datetime.date) -> int:
	"""The product's year of numbers that people read, worked out once for each day."""
	return jalali.jalali_year(day)


def number_of(branch: str, at: datetime.datetime, value: int) -> str:
	"""A number people read, as `foundation.counters` makes it."""
	return f"{jalali_year(at.date())}-{branch}-{value:06d}"
