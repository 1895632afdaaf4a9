"""Tables as files: numbers stay numbers, no text runs as a formula, Persian is readable in Excel."""

import csv
import io
from decimal import Decimal

import openpyxl
import pytest
from clinic_core.foundation.sheets import plain, to_csv, to_xlsx

HEADER = ["نام", "Amount"]
ROWS = [["لیزر", 2500000], ['=HYPERLINK("http://evil")', Decimal("12.5")], ['a,"b"\nc', None]]


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "\r=1"])
def test_a_formula_becomes_text(text):
	assert plain(text) == f"'{text}"


@pytest.mark.parametrize("value", [0, -5, 1.5, None, Decimal("-2"), "a=b", "1-2", ""])
def test_everything_else_stays(value):
	assert plain(value) == value


def test_csv_can_be_read_by_excel_and_by_us():
	content = to_csv(HEADER, ROWS)
	assert content.startswith(b"\xef\xbb\xbf")
	read = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
	assert read[0] == HEADER
	assert read[1] == ["لیزر", "2500000"]
	assert read[2][0] == '\'=HYPERLINK("http://evil")'
	assert read[3] == ['a,"b"\nc', ""]


def test_xlsx_keeps_numbers_and_the_direction():
	book = openpyxl.load_workbook(io.BytesIO(to_xlsx("خدمات: [1]/2", HEADER, iter(ROWS), right_to_left=True)))
	sheet = book.active
	assert sheet.sheet_view.rightToLeft and sheet.title == "خدمات   1  2"
	assert [[cell.value for cell in row] for row in sheet.iter_rows()][1] == ["لیزر", 2500000]
	assert sheet["A3"].value.startswith("'=") and sheet["A3"].data_type == "s"
	assert sheet["B3"].value == 12.5 and sheet["A1"].font.bold


def test_signs_that_a_workbook_cannot_hold_are_left_out():
	book = openpyxl.load_workbook(io.BytesIO(to_xlsx("x", ["a"], [["b\x00\x0bc"]])))
	assert book.active["A2"].value == "bc"
