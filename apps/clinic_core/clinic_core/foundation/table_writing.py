"""Tables as files that people open in their spreadsheet, in their direction of writing. Pure (no frappe)."""

import csv
import io
from collections.abc import Iterable, Sequence
from decimal import Decimal
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from clinic_core.foundation.table_files import guarded

WIDEST = 60
_NUMBER_FORMAT = "#,##0.######"


def write_csv(rows: Iterable[Sequence[Any]]) -> bytes:
	"""Comma-separated UTF-8, with the mark that tells Excel so; no cell is taken for a formula."""
	text = io.StringIO(newline="")
	csv.writer(text).writerows([[_plain(value) for value in row] for row in rows])
	return text.getvalue().encode("utf-8-sig")


def write_xlsx(rows: Sequence[Sequence[Any]], title: str, is_rtl: bool = False) -> bytes:
	"""A workbook with one sheet: bold first row that stays in sight, columns as wide as what they hold."""
	book = Workbook(write_only=True)
	sheet = book.create_sheet(title[:31])
	sheet.sheet_view.rightToLeft = is_rtl
	sheet.freeze_panes = "A2"
	for index, width in enumerate(_widths(rows), 1):
		sheet.column_dimensions[get_column_letter(index)].width = width
	for number, row in enumerate(rows):
		sheet.append([_cell(sheet, value, is_bold=number == 0) for value in row])
	content = io.BytesIO()
	book.save(content)
	return content.getvalue()


def _cell(sheet: Any, value: Any, is_bold: bool) -> WriteOnlyCell:
	cell = WriteOnlyCell(sheet, value=value)
	if isinstance(value, str):
		cell.data_type = "s"  # never a formula, whatever it begins with
	elif isinstance(value, int | float | Decimal):
		cell.number_format = _NUMBER_FORMAT
	if is_bold:
		cell.font = Font(bold=True)
	return cell


def _plain(value: Any) -> Any:
	return guarded(value) if isinstance(value, str) else value


def _widths(rows: Sequence[Sequence[Any]]) -> list[int]:
	"""Widths in characters, by the first rows: enough to be right, however long the table is."""
	widths: list[int] = []
	for row in rows[:200]:
		widths += [8] * (len(row) - len(widths))
		for index, value in enumerate(row):
			widths[index] = min(max(widths[index], len(str(value or "")) + 3), WIDEST)
	return widths
