"""Tables as files people open in a spreadsheet: xlsx and csv. Pure.

Text that a spreadsheet would take for a formula is made plain text: whoever named a service must not
run anything on the manager's computer.
"""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

import openpyxl
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

_FORMULA = re.compile(r"^\s*[=+\-@\t\r]")
_NOT_IN_XML = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_SHEET_TITLE = re.compile(r"[\[\]:*?/\\]")
_BOM = "\ufeff"
WIDEST = 60


def plain(value: Any) -> Any:
	"""A cell's value: numbers stay numbers, text never begins like a formula."""
	if value is None or isinstance(value, int | float | Decimal):
		return value
	text = str(value)
	if text.isalnum():
		return text
	text = _NOT_IN_XML.sub("", text)
	return f"'{text}" if _FORMULA.match(text) else text


def to_csv(header: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
	"""UTF-8 with a mark at the beginning, without which Excel reads Persian as nonsense."""
	text = io.StringIO()
	text.write(_BOM)
	writer = csv.writer(text)
	writer.writerow([plain(cell) for cell in header])
	writer.writerows([plain(cell) for cell in row] for row in rows)
	return text.getvalue().encode()


def to_xlsx(
	title: str, header: Sequence[str], rows: Iterable[Sequence[Any]], right_to_left: bool = False
) -> bytes:
	"""A workbook of one sheet: bold headings that stay in sight, columns as wide as their headings need.

	Rows are written as they come, never all kept in memory.
	"""
	book = openpyxl.Workbook(write_only=True)
	sheet = book.create_sheet(_SHEET_TITLE.sub(" ", title)[:31])
	sheet.sheet_view.rightToLeft = right_to_left
	sheet.freeze_panes = "B2"
	for at, label in enumerate(header, start=1):
		sheet.column_dimensions[get_column_letter(at)].width = min(WIDEST, max(12, len(label) + 4))
	sheet.append([_bold(sheet, label) for label in header])
	for row in rows:
		sheet.append([plain(cell) for cell in row])
	out = io.BytesIO()
	book.save(out)
	return out.getvalue()


def _bold(sheet: Any, label: str) -> WriteOnlyCell:
	cell = WriteOnlyCell(sheet, value=plain(label))
	cell.font = Font(bold=True)
	return cell
