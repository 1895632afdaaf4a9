"""What a cell of somebody's table means: numbers, dates, genders, phones … Pure.

Each reader takes a cell and the settings of the import and gives the value as it is stored, None for an
empty cell, or raises CellError with a code; `sentences` says it.
"""

import datetime
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from clinic_core.foundation import phones
from clinic_core.foundation.digits import parse_number, to_latin
from clinic_core.foundation.table_files import cell_text
from clinic_core.people.importing import dates
from clinic_core.people.names import clean, fold

MAX_TEXT = 140
LARGEST = Decimal(10**12 - 1)

# Codes of what is wrong with a cell.
TOO_LONG = "too_long"
NOT_A_NUMBER = "not_a_number"
NOT_WHOLE = "not_whole"
NOT_POSITIVE = "not_positive"
TOO_LARGE = "too_large"
NOT_A_DATE = "not_a_date"
NO_SUCH_DATE = "no_such_date"
NOT_A_TIME = "not_a_time"
NOT_A_PHONE = "not_a_phone"
NOT_AN_EMAIL = "not_an_email"
UNKNOWN_GENDER = "unknown_gender"
NOT_YES_OR_NO = "not_yes_or_no"
SHORTENED = "shortened"
UNKNOWN_UNIT = "unknown_unit"

_EMPTY = frozenset({"", "-", "–", "—", "null", "none", "nan", "n/a", "#n/a"})
_SCIENTIFIC = re.compile(r"[+-]?\d+([.,]\d+)?[eE][+-]?\d+")
_BETWEEN_PHONES = re.compile(r"[/\\|,،;؛\n]|\s[-–]\s|\sو\s")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_AMOUNT_AND_UNIT = re.compile(r"\s*([^\d\s+\-.,٫٬،−–][^\d]*)?(.*?\d)\s*([^\d]*)", re.DOTALL)
_FEMALE = ("female", "f", "woman", "girl", "mrs", "ms", "miss", "kadın", "kadin", "k", "bayan", "kız")
_FEMALE_FA = ("زن", "خانم", "سرکار خانم", "مونث", "مؤنث", "دختر", "بانو", "ز")
_MALE = ("male", "m", "man", "boy", "mr", "erkek", "e", "bay", "مرد", "آقا", "آقای", "مذکر", "پسر", "م")
_GENDERS = {
	**{fold(word): "Female" for word in (*_FEMALE, *_FEMALE_FA)},
	**{fold(word): "Male" for word in _MALE},
}
_YES = ("yes", "y", "true", "1", "evet", "x", "✓", "on", "بله", "بلی", "آری", "دارد", "است", "هست")
_NO = ("no", "n", "false", "0", "hayır", "hayir", "off", "خیر", "نه", "ندارد", "نیست")
_ANSWERS = {**{fold(word) or word: 1 for word in _YES}, **{fold(word) or word: 0 for word in _NO}}


class CellError(ValueError):
	"""A cell that cannot be read: `code` says why, `params` with which texts."""

	def __init__(self, code: str, **params: Any) -> None:
		super().__init__(code)
		self.code = code
		self.params = params


@dataclass(frozen=True)
class Settings:
	"""How cells are read: the country of phones, the style of a column's dates, the unit of money.

	`factor`: stored units in one of the file's. `units`: folded name people write → stored units in one.
	"""

	region: str = "IR"
	date_style: str = dates.GREGORIAN_YMD
	factor: Decimal = Decimal(1)
	units: Mapping[str, Decimal] = field(default_factory=dict)
	today: datetime.date = field(default_factory=datetime.date.today)
	max_length: int = MAX_TEXT


def is_empty(value: Any) -> bool:
	"""Whether a cell says nothing: blank, a dash, or what programs write for nothing."""
	return value is None or (isinstance(value, str) and cell_text(value).casefold() in _EMPTY)


def text(value: Any, settings: Settings) -> str | None:
	"""Words as they are, tidied."""
	found = clean(cell_text(value))
	if len(found) > settings.max_length:
		raise CellError(TOO_LONG, length=settings.max_length)
	return found or None


def long_text(value: Any, _settings: Settings) -> str | None:
	"""Text of several lines."""
	return cell_text(value) or None


def code(value: Any, settings: Settings) -> str | None:
	"""A number that is no amount: a file number, a code, a cheque's id; in Latin digits.

	What a spreadsheet shortened (2.98E+13) has lost its last digits and is refused.
	"""
	found = to_latin(cell_text(value))
	if _SCIENTIFIC.fullmatch(found):
		raise CellError(SHORTENED, text=found)
	if len(found) > settings.max_length:
		raise CellError(TOO_LONG, length=settings.max_length)
	return found or None


def rounded_code(value: Any, settings: Settings) -> str | None:
	"""The same, but a shortened number is taken as the rounded one it shows.

	For what only counts people of the past: two numbers that were rounded alike are one person.
	"""
	found = to_latin(cell_text(value))
	if _SCIENTIFIC.fullmatch(found):
		return format(Decimal(found.replace(",", ".")), "f").partition(".")[0]
	return code(value, settings)


def number(value: Any, _settings: Settings) -> Decimal | None:
	"""An exact number."""
	if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
		try:
			found = parse_number(cell_text(value))
		except ValueError as error:
			raise CellError(NOT_A_NUMBER, text=cell_text(value)) from error
	else:
		found = Decimal(str(value))
	if not found.is_finite():
		raise CellError(NOT_A_NUMBER, text=cell_text(value))
	if abs(found) > LARGEST:
		raise CellError(TOO_LARGE)
	return found


def whole(value: Any, settings: Settings) -> int | None:
	"""A whole number."""
	found = number(value, settings)
	if found != found.to_integral_value():
		raise CellError(NOT_WHOLE, text=cell_text(value))
	return int(found)


def money(value: Any, settings: Settings) -> Decimal | None:
	"""An amount in stored units. A unit in the cell itself (“۲٬۵۰۰ تومان”) counts more than the column's."""
	factor = settings.factor
	if isinstance(value, str):
		parts = _AMOUNT_AND_UNIT.fullmatch(to_latin(cell_text(value)))
		unit = " ".join(filter(None, (parts[1], parts[3]))).strip(" ()[]:") if parts else ""
		if unit:
			if fold(unit) not in settings.units:
				raise CellError(NOT_A_NUMBER, text=cell_text(value))
			factor, value = settings.units[fold(unit)], parts[2]
	found = number(value, settings) * factor
	if abs(found) > LARGEST:
		raise CellError(TOO_LARGE)
	if found != round(found, 2):
		raise CellError(NOT_WHOLE, text=cell_text(value))
	return found


def positive_money(value: Any, settings: Settings) -> Decimal | None:
	"""An amount above zero."""
	found = money(value, settings)
	if found <= 0:
		raise CellError(NOT_POSITIVE)
	return found


def date(value: Any, settings: Settings) -> datetime.date | None:
	"""A day, by the style of its column."""
	found = moment(value, settings)
	return found.date() if found else None


def moment(value: Any, settings: Settings) -> datetime.datetime | None:
	"""A day with the time of day if the cell has one."""
	try:
		return dates.read(value, settings.date_style, settings.today)
	except dates.DateError as error:
		raise CellError(NO_SUCH_DATE if error.is_date else NOT_A_DATE, text=cell_text(value)) from error


def clock(value: Any, _settings: Settings) -> datetime.time | None:
	"""A time of day: 14:30, ۱۴:۳۰, 2:30 PM, or the fraction of a day that spreadsheets keep."""
	found = dates.read_time(value)
	if found is None:
		raise CellError(NOT_A_TIME, text=cell_text(value))
	return found


def phone_list(value: Any, settings: Settings) -> list[str] | None:
	"""Numbers in E.164, the first one first; several stand in one cell with a stroke or comma between."""
	found = []
	for part in _BETWEEN_PHONES.split(cell_text(value)):
		if not part.strip():
			continue
		if _SCIENTIFIC.fullmatch(to_latin(part.strip())):
			raise CellError(SHORTENED, text=part.strip())
		try:
			found.append(phones.to_e164(part, settings.region))
		except ValueError as error:
			raise CellError(NOT_A_PHONE, text=part.strip()) from error
	return list(dict.fromkeys(found)) or None


def email(value: Any, settings: Settings) -> str | None:
	"""One address."""
	found = cell_text(value)
	if not _EMAIL.fullmatch(found):
		raise CellError(NOT_AN_EMAIL, text=found)
	return text(found, settings)


def gender(value: Any, _settings: Settings) -> str | None:
	"""Female or Male, as people of three languages write it."""
	found = _GENDERS.get(fold(cell_text(value)))
	if not found:
		raise CellError(UNKNOWN_GENDER, text=cell_text(value))
	return found


def yes_no(value: Any, _settings: Settings) -> int | None:
	"""1 or 0."""
	said = cell_text(value)
	found = _ANSWERS.get(fold(said) or said)
	if found is None:
		raise CellError(NOT_YES_OR_NO, text=said)
	return found


READERS: Mapping[str, Callable[[Any, Settings], Any]] = {
	"text": text,
	"long_text": long_text,
	"code": code,
	"rounded_code": rounded_code,
	"number": number,
	"whole": whole,
	"money": money,
	"positive_money": positive_money,
	"date": date,
	"moment": moment,
	"time": clock,
	"phones": phone_list,
	"email": email,
	"gender": gender,
	"yes_no": yes_no,
}
DATED = frozenset({"date", "moment"})
MONEY = frozenset({"money", "positive_money"})


def read(value: Any, reader: str, settings: Settings) -> Any:
	"""One cell by the reader of that name; an empty cell is None. Raises CellError."""
	return None if is_empty(value) else READERS[reader](value, settings)
