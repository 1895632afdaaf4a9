"""A price list that comes back filled in: which row is which service, and its new price (A50). Pure.

A row is known by its code, its barcode or its name, and by the body area where it has one; headings in
Persian or English stand in any order. Problems are codes with parameters; nothing is taken for granted,
and what is not understood is never 0.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from clinic_core.foundation.digits import parse_number
from clinic_core.foundation.table_files import Table, cell_number, cell_text, columns_of, in_brackets
from clinic_core.people.names import fold

CODE, BARCODE, NAME, AREA, NEW_PRICE = "code", "barcode", "name", "area", "new_price"

# What people call the columns. The words in brackets after a heading do not count.
HEADINGS: Mapping[str, tuple[str, ...]] = {
	CODE: ("code", "service code", "کد", "کد خدمت", "کد سرویس"),
	BARCODE: ("barcode", "bar code", "بارکد"),
	NAME: (
		"service",
		"service name",
		"name",
		"title",
		"نام خدمت",
		"خدمت",
		"نام",
		"عنوان",
		"شرح خدمت",
		"سرویس",
	),
	AREA: ("body area", "area", "ناحیه", "ناحیه بدن", "ناحیه‌ی بدن", "ناحیهٔ بدن", "نواحی بدن"),
	NEW_PRICE: (
		"new price",
		"new amount",
		"price",
		"amount",
		"قیمت جدید",
		"مبلغ جدید",
		"تعرفه جدید",
		"قیمت",
		"مبلغ",
		"تعرفه",
	),
}

LARGEST = Decimal(10**12 - 1)

# Codes of what is wrong with the whole file.
NO_PRICE_COLUMN = "no_price_column"
NO_SERVICE_COLUMN = "no_service_column"
UNKNOWN_UNIT = "unknown_unit"

# Codes of what is wrong with a row.
UNKNOWN = "unknown"
AMBIGUOUS = "ambiguous"
NOTHING_NAMED = "nothing_named"
UNKNOWN_AREA = "unknown_area"
NOT_CHOSEN = "not_chosen"
TWICE = "twice"
NOT_A_NUMBER = "not_a_number"
BELOW_ZERO = "below_zero"
NOT_WHOLE = "not_whole"
TOO_LARGE = "too_large"

Target = tuple[str, str]
"""(service, code of the body area or "")."""


class PriceFileError(ValueError):
	"""A file without what is needed; `code` says what, `params` with which texts."""

	def __init__(self, code: str, **params: Any) -> None:
		super().__init__(code)
		self.code = code
		self.params = params


@dataclass(frozen=True)
class Unit:
	"""A unit of money: `names` people write for it, `factor` stored units in one of it."""

	names: tuple[str, ...]
	factor: Decimal


@dataclass(frozen=True)
class Known:
	"""A price that a row may mean: a service, or one of its body areas."""

	service: str
	area: str
	service_name: str
	area_title: str = ""
	barcode: str = ""


@dataclass(frozen=True)
class Problem:
	"""What is wrong with a row of the file; `row` counts from 1, as spreadsheets do."""

	row: int
	named: str
	code: str
	params: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Reading:
	"""New prices in stored units, and the rows that gave none. `blank`: rows without a new price."""

	prices: dict[Target, Decimal]
	problems: list[Problem]
	unit: Unit
	is_unit_named: bool
	blank: int = 0


def read_prices(
	table: Table, known: Sequence[Known], units: Sequence[Unit], chosen: set[Target] | None = None
) -> Reading:
	"""Read a whole file. `units`: those a heading may name, first the one meant where it names none.

	`known`: every price there is; `chosen`: those that may be changed, None for all of them.
	Raises PriceFileError when columns are missing.
	"""
	start = table.header_index() or 0
	header = table.rows[start]
	columns = columns_of(header, HEADINGS, fold)
	if NEW_PRICE not in columns:
		raise PriceFileError(NO_PRICE_COLUMN)
	if not {CODE, BARCODE, NAME} & set(columns):
		raise PriceFileError(NO_SERVICE_COLUMN)
	columns[NEW_PRICE] = _column_to_fill(header, columns[NEW_PRICE])
	unit, is_named = _unit_of(header[columns[NEW_PRICE]], units)
	reader = _Reader(columns, _Directory(known), unit, chosen)
	for number, row in enumerate(table.rows[start + 1 :], start + 2):
		reader.take(number, row)
	return Reading(reader.prices, reader.problems, unit, is_named, reader.blank)


def _column_to_fill(header: Sequence[Any], found: int) -> int:
	"""The column that says it is the new price, where another one before it is called just “price”."""
	new = {NEW_PRICE: [name for name in HEADINGS[NEW_PRICE] if "new" in name or "جدید" in name]}
	return columns_of(header, new, fold).get(NEW_PRICE, found)


def _unit_of(heading: Any, units: Sequence[Unit]) -> tuple[Unit, bool]:
	said = fold(in_brackets(heading))
	if not said:
		return units[0], False
	for unit in units:
		if said in {fold(name) for name in unit.names}:
			return unit, True
	raise PriceFileError(UNKNOWN_UNIT, unit=in_brackets(heading))


class _Directory:
	"""Finds prices by what a row calls them."""

	def __init__(self, known: Iterable[Known]) -> None:
		self.by_code: dict[str, set[str]] = {}
		self.by_barcode: dict[str, set[str]] = {}
		self.by_name: dict[str, set[str]] = {}
		self.areas: dict[str, dict[str, str]] = {}
		for one in known:
			self.by_code.setdefault(fold(one.service), set()).add(one.service)
			self.by_barcode.setdefault(fold(one.barcode), set()).add(one.service)
			self.by_name.setdefault(fold(one.service_name), set()).add(one.service)
			areas = self.areas.setdefault(one.service, {"": ""})
			areas[fold(one.area)] = areas[fold(one.area_title)] = one.area
			areas[""] = ""

	def services(self, code: str, barcode: str, name: str) -> set[str]:
		"""What is named, by the first of the three that says anything; a code may be a barcode, too."""
		if code:
			return self.by_code.get(code) or self.by_barcode.get(code) or set()
		if barcode:
			return self.by_barcode.get(barcode) or self.by_code.get(barcode) or set()
		return self.by_name.get(name) or set()


class _Reader:
	"""Takes the rows one by one and keeps what came of them."""

	def __init__(
		self, columns: Mapping[str, int], directory: _Directory, unit: Unit, chosen: set[Target] | None
	) -> None:
		self.columns, self.directory, self.unit, self.chosen = columns, directory, unit, chosen
		self.prices: dict[Target, Decimal] = {}
		self.problems: list[Problem] = []
		self.rows: dict[Target, int] = {}
		self.blank = 0

	def take(self, number: int, row: Sequence[Any]) -> None:
		if not row:
			return
		try:
			target, amount = self._target(row), self._amount(row)
			if amount is None:
				self.blank += 1
				return
			if target in self.rows:
				raise _RowError(TWICE, first=self.rows[target])
		except _RowError as error:
			self.problems.append(Problem(number, self._named(row), error.code, error.params))
			return
		self.rows[target] = number
		self.prices[target] = amount

	def _text(self, row: Sequence[Any], key: str) -> str:
		index = self.columns.get(key)
		return cell_text(row[index]) if index is not None and index < len(row) else ""

	def _named(self, row: Sequence[Any]) -> str:
		said = (self._text(row, key) for key in (CODE, BARCODE, NAME, AREA))
		return " · ".join(text for text in said if text)

	def _target(self, row: Sequence[Any]) -> Target:
		code, barcode, name = (fold(self._text(row, key)) for key in (CODE, BARCODE, NAME))
		if not (code or barcode or name):
			raise _RowError(NOTHING_NAMED)
		found = self.directory.services(code, barcode, name)
		if not found:
			raise _RowError(UNKNOWN)
		if len(found) > 1:
			raise _RowError(AMBIGUOUS, count=len(found))
		service = next(iter(found))
		area = self.directory.areas[service].get(fold(self._text(row, AREA)))
		if area is None:
			raise _RowError(UNKNOWN_AREA, area=self._text(row, AREA))
		if self.chosen is not None and (service, area) not in self.chosen:
			raise _RowError(NOT_CHOSEN)
		return service, area

	def _amount(self, row: Sequence[Any]) -> Decimal | None:
		index = self.columns[NEW_PRICE]
		value = row[index] if index < len(row) else None
		try:
			typed = cell_number(value, parse_number)
		except ValueError:
			raise _RowError(NOT_A_NUMBER, text=cell_text(value)) from None
		if typed is None:
			return None
		amount = typed * self.unit.factor
		if amount < 0:
			raise _RowError(BELOW_ZERO, text=cell_text(value))
		if amount > LARGEST:
			raise _RowError(TOO_LARGE, text=cell_text(value))
		if amount != amount.to_integral_value():
			raise _RowError(NOT_WHOLE, text=cell_text(value))
		return amount.quantize(Decimal(1))


class _RowError(ValueError):
	def __init__(self, code: str, **params: Any) -> None:
		super().__init__(code)
		self.code, self.params = code, params
