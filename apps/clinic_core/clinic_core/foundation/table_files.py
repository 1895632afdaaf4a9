"""Tables that people bring from elsewhere: xlsx and csv as their programs write them. Pure (no frappe).

What a file is, is told by its bytes, not by its name. Persian files come in UTF-8 with or without a mark,
in UTF-16 (“Unicode text” of Excel) and in Windows-1256; cells are separated by commas, semicolons or tabs.
Formulas are read as the values they had. Every row of the file keeps its place, so that a problem can be
named by the row's number.
"""

import csv
import datetime
import io
import re
import zipfile
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice
from typing import Any

from openpyxl import load_workbook

MAX_BYTES = 5 * 1024 * 1024
MAX_UNPACKED_BYTES = 100 * 1024 * 1024
MAX_ROWS = 20_000
MAX_COLUMNS = 200


@dataclass(frozen=True)
class Limits:
	"""How much of a file is read; a price list by default."""

	bytes: int = MAX_BYTES
	unpacked_bytes: int = MAX_UNPACKED_BYTES
	rows: int = MAX_ROWS


PRICE_LIST = Limits()

# Codes of what makes a file unreadable.
EMPTY = "empty"
TOO_LARGE = "too_large"
TOO_MANY_ROWS = "too_many_rows"
OLD_EXCEL = "old_excel"
UNKNOWN_KIND = "unknown_kind"
UNKNOWN_ENCODING = "unknown_encoding"
DAMAGED = "damaged"

UTF8, UTF16, WINDOWS_1256 = "utf-8", "utf-16", "windows-1256"
_OLE = b"\xd0\xcf\x11\xe0"
_DELIMITERS = ("\t", ";", ",")
_ARABIC_LETTER = re.compile("[\u0620-\u06d3]")
_RUN = re.compile("[\u0620-\u06d3]+|[^\u0620-\u06d3]+")
_WORD = re.compile(r"[^\W\d_]+")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")
# `sheets` writes an apostrophe before text that a spreadsheet would run; it is taken off again.
_GUARDED = re.compile(r"'\s*[=+\-@]")


class TableFileError(ValueError):
	"""A file that cannot be read: `code` says why, `params` with which figures."""

	def __init__(self, code: str, **params: Any) -> None:
		super().__init__(code)
		self.code = code
		self.params = params


@dataclass(frozen=True)
class Table:
	"""What was in a file. `rows[0]` is its first row; empty rows are empty lists.

	`encoding` and `delimiter` are those of a text file, None of a workbook; `sheets` are the titles of a
	workbook's sheets and `sheet` is the one that was read.
	"""

	rows: list[list[Any]]
	encoding: str | None = None
	delimiter: str | None = None
	sheets: tuple[str, ...] = ()
	sheet: str | None = None

	def header_index(self) -> int | None:
		"""The index of the first row with anything in it, None if there is none."""
		return next((index for index, row in enumerate(self.rows) if row), None)


def read(content: bytes, limits: Limits = PRICE_LIST, sheet: str | None = None) -> Table:
	"""Read a workbook (xlsx; the named sheet, else the first) or a text file (csv). Raises TableFileError."""
	if not content.strip():
		raise TableFileError(EMPTY)
	if len(content) > limits.bytes:
		raise TableFileError(TOO_LARGE, megabytes=limits.bytes // 1024**2)
	if content.startswith(_OLE):
		raise TableFileError(OLD_EXCEL)
	is_workbook = content.startswith(b"PK")
	table = _read_workbook(content, limits, sheet) if is_workbook else _read_text(content, limits)
	if table.header_index() is None:
		raise TableFileError(EMPTY)
	return table


def _read_workbook(content: bytes, limits: Limits, sheet: str | None) -> Table:
	"""One sheet. `data_only`: of formulas the values that were last worked out."""
	try:
		with zipfile.ZipFile(io.BytesIO(content)) as archive:
			if "xl/workbook.xml" not in archive.namelist():
				raise TableFileError(UNKNOWN_KIND)
			if sum(entry.file_size for entry in archive.infolist()) > limits.unpacked_bytes:
				raise TableFileError(TOO_LARGE, megabytes=limits.unpacked_bytes // 1024**2)
		book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
		titles = tuple(page.title for page in book.worksheets)
		at = titles.index(sheet) if sheet in titles else 0
		rows = book.worksheets[at].iter_rows(max_col=MAX_COLUMNS, values_only=True)
		return Table(_limited(rows, limits.rows), sheets=titles, sheet=titles[at])
	except TableFileError:
		raise
	except Exception as error:  # openpyxl lets through whatever it stumbles over
		raise TableFileError(DAMAGED) from error


def _read_text(content: bytes, limits: Limits) -> Table:
	text, encoding = decode(content)
	lines = text.splitlines()
	delimiter, skipped = _delimiter_of(lines)
	try:
		reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
		rows = _limited((row[:MAX_COLUMNS] for row in reader), limits.rows)
	except csv.Error as error:
		raise TableFileError(DAMAGED) from error
	if skipped:
		rows[0] = []
	return Table(rows, encoding, delimiter)


def decode(content: bytes) -> tuple[str, str]:
	"""Text and encoding of a text file: a mark decides, then strict UTF-8, then Windows-1256.

	Any bytes are something in Windows-1256, so what comes out must look like words of people.
	Raises TableFileError.
	"""
	if content.startswith((b"\xff\xfe", b"\xfe\xff")):
		return _checked(_decoded(content, "utf-16"), UNKNOWN_ENCODING), UTF16
	try:
		return _checked(content.decode("utf-8-sig"), UNKNOWN_KIND), UTF8
	except UnicodeDecodeError:
		text = _checked(_decoded(content, "cp1256"), UNKNOWN_KIND)
	if not _looks_persian(text):
		raise TableFileError(UNKNOWN_ENCODING)
	return text, WINDOWS_1256


def _decoded(content: bytes, encoding: str) -> str:
	try:
		return content.decode(encoding)
	except UnicodeDecodeError as error:
		raise TableFileError(UNKNOWN_ENCODING) from error


def _checked(text: str, code: str) -> str:
	"""Control characters are in no text: this is a picture or a program."""
	if _CONTROL.search(text):
		raise TableFileError(code)
	return text


def _looks_persian(text: str) -> bool:
	"""Whether the letters beyond ASCII make words of Arabic letters.

	Latin-1 read as Windows-1256 puts single ones between Latin letters: at most a tenth may stand so.
	"""
	lone = total = 0
	for word in _WORD.findall(text):
		for run in _RUN.findall(word):
			letters = sum(1 for letter in run if not letter.isascii())
			is_word = _ARABIC_LETTER.match(run) and (len(run) > 1 or run == word)
			total += letters
			lone += 0 if is_word else letters
	return lone * 10 <= total


def _delimiter_of(lines: Sequence[str]) -> tuple[str, bool]:
	"""What separates the cells, and whether the first line only says so (“sep=;” of Excel)."""
	said = re.fullmatch(r'"?sep=(.)"?', lines[0].strip()) if lines else None
	if said and said[1] in _DELIMITERS:
		return said[1], True
	header = next((line for line in lines if line.strip()), "")
	bare = re.sub(r'"[^"]*"', "", header)
	return max(_DELIMITERS, key=lambda sign: (bare.count(sign), -_DELIMITERS.index(sign))), False


def _limited(rows: Iterable[Sequence[Any]], most: int) -> list[list[Any]]:
	"""The rows without what is empty at their ends. Raises TableFileError for too many of them."""
	found: list[list[Any]] = []
	# Workbooks know rows that were once formatted: a little beyond the limit may be empty.
	for row in islice(rows, most * 5):
		found.append(_trimmed(row))
	while found and not found[-1]:
		found.pop()
	if len(found) > most + 1:
		raise TableFileError(TOO_MANY_ROWS, rows=most)
	return found


def _trimmed(row: Sequence[Any]) -> list[Any]:
	cells = list(row)
	while cells and cell_text(cells[-1]) == "":
		cells.pop()
	return cells


def cell_text(value: Any) -> str:
	"""A cell as text: whole numbers without a point, so that the code 626001 stays one."""
	if value is None:
		return ""
	if isinstance(value, bool):
		return str(int(value))
	if isinstance(value, float) and value.is_integer():
		return str(int(value))
	if isinstance(value, datetime.datetime):
		return value.isoformat(sep=" ")
	text = str(value).strip()
	return text[1:].strip() if _GUARDED.match(text) else text


def cell_number(value: Any, parse: Callable[[str], Decimal]) -> Decimal | None:
	"""A cell as an exact number, None if empty; text is read by `parse`. Raises ValueError."""
	if value is None or isinstance(value, bool):
		return None if value is None else parse(str(value))
	if isinstance(value, int | float | Decimal):
		number = Decimal(str(value))
		if not number.is_finite():
			raise ValueError(value)
		return number
	text = cell_text(value)
	return parse(text) if text else None


_UNIT = re.compile(r"[(\[（](.*?)[)\]）]")


def columns_of(
	header: Sequence[Any], names: Mapping[str, Iterable[str]], fold: Callable[[str], str]
) -> dict[str, int]:
	"""Where each wanted column stands: its key → index in the row. In any order; what is missing is absent.

	`names`: key → what people call it. Compared by `fold`, without what stands in brackets.
	"""
	keys = {fold(name): key for key, known in names.items() for name in known}
	found: dict[str, int] = {}
	for index, cell in enumerate(header):
		key = keys.get(fold(_UNIT.sub("", cell_text(cell))))
		if key and key not in found:
			found[key] = index
	return found


def in_brackets(cell: Any) -> str:
	"""What a heading says in brackets, such as the unit: “New price (Toman)” → “Toman”."""
	said = _UNIT.search(cell_text(cell))
	return said[1].strip() if said else ""
