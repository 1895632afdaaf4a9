"""Tables as people's programs write them: real bytes in, rows out."""

import datetime
import io
import zipfile
from decimal import Decimal

import pytest
from clinic_core.foundation import sheets, table_files
from clinic_core.foundation.digits import parse_number
from clinic_core.foundation.table_files import TableFileError, cell_number, cell_text, columns_of, read
from clinic_core.people.names import fold
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

# As a Persian program writes it in Windows-1256: its ye and kaf are the Arabic ones.
PERSIAN_1256 = ("كد;نام خدمت;قيمت جديد (تومان)\r\nSRV-1;ليزر صورت پنج جلسه گچ ژل;2,500,000\r\n").encode(
	"cp1256"
)
PERSIAN = "کد,نام خدمت,قیمت جدید\nSRV-1,لیزر صورت,۲٬۵۰۰٬۰۰۰\n"


def refused(code):
	return pytest.raises(TableFileError, match=f"^{code}$")


def test_windows_1256():
	table = read(PERSIAN_1256)
	assert (table.encoding, table.delimiter) == ("windows-1256", ";")
	assert table.rows[1] == ["SRV-1", "ليزر صورت پنج جلسه گچ ژل", "2,500,000"]
	assert fold(table.rows[0][0]) == fold("کد")


def test_windows_1256_bytes_as_they_lie_on_the_disk():
	content = b"\xdf\xcf;\xde\xed\xe3\xca\r\n7;\xe4\xc7\xcd\xed\xe5 \x90\xe6\xe4\xe5\r\n"
	assert read(content).rows == [["كد", "قيمت"], ["7", "ناحيه گونه"]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_unicode_with_and_without_a_mark(encoding):
	table = read(PERSIAN.encode(encoding))
	assert table.rows[1] == ["SRV-1", "لیزر صورت", "۲٬۵۰۰٬۰۰۰"]


@pytest.mark.parametrize(("sign", "name"), [(",", "comma"), (";", "semicolon"), ("\t", "tab")])
def test_separators(sign, name):
	content = f'code{sign}"name, full; or not"{sign}price\n1{sign}"a{sign}b"{sign}"1,500"\n'.encode()
	assert read(content).rows[1] == ["1", f"a{sign}b", "1,500"], name


def test_excel_may_say_the_separator():
	table = read(b"sep=;\ncode;price\n1;2,5\n")
	assert table.rows == [[], ["code", "price"], ["1", "2,5"]]
	assert table.header_index() == 1


def test_rows_keep_their_place():
	table = read(b"\n\ncode,price\n\n1,2\n,,\n3,4\n\n")
	assert table.rows == [[], [], ["code", "price"], [], ["1", "2"], [], ["3", "4"]]


@pytest.mark.parametrize(
	("content", "code"),
	[
		(b"", "empty"),
		(b" \n\r\n", "empty"),
		(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old_excel"),
		(b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "unknown_kind"),
		(b"%PDF-1.7\n\x00\x01\x02", "unknown_kind"),
		("Größe;Preis\nKäsekuchen;12\nÄpfel;3\n".encode("latin-1"), "unknown_encoding"),
		("Café;Prix\nDépôt;12\n".encode("latin-1"), "unknown_encoding"),
		(b"\xff\xfea", "unknown_encoding"),
		(b"PK\x03\x04 and then nothing", "damaged"),
		(b"x" * (table_files.MAX_BYTES + 1), "too_large"),
		(b"a\n" * (table_files.MAX_ROWS + 2), "too_many_rows"),
	],
)
def test_what_cannot_be_read_is_refused(content, code):
	with refused(code):
		read(content)


def _zip(**files):
	content = io.BytesIO()
	with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
		for name, text in files.items():
			archive.writestr(name, text)
	return content.getvalue()


def test_other_archives_are_no_workbooks():
	with refused("unknown_kind"):
		read(_zip(content="a document of another office"))


def test_a_workbook_that_unpacks_to_gigabytes_is_not_opened():
	bomb = {"xl/workbook.xml": "<a/>", "xl/worksheets/sheet1.xml": " " * (table_files.MAX_UNPACKED_BYTES + 1)}
	with refused("too_large"):
		read(_zip(**bomb))


def _workbook(rows):
	book = Workbook()
	for row in rows:
		book.active.append(row)
	content = io.BytesIO()
	book.save(content)
	return content.getvalue()


def test_a_workbook():
	moment = datetime.datetime(2026, 11, 22, 9, 30)
	table = read(_workbook([["کد", "قیمت"], [626001, 2500000.5], [None, None], ["x", moment]]))
	assert table.rows == [["کد", "قیمت"], [626001, 2500000.5], [], ["x", moment]]
	assert table.encoding is None


def test_formulas_are_read_as_the_values_they_had():
	"""Excel stores the value beside the formula; openpyxl writes none, so it is put in as Excel does."""
	content = _workbook([["code", "price"], ["1", "=2*1500"]])
	with zipfile.ZipFile(io.BytesIO(content)) as archive:
		files = {name: archive.read(name) for name in archive.namelist()}
	sheet = "xl/worksheets/sheet1.xml"
	assert b"<f>2*1500</f><v />" in files[sheet] or b"<f>2*1500</f><v></v>" in files[sheet]
	for nothing in (b"<f>2*1500</f><v />", b"<f>2*1500</f><v></v>"):
		files[sheet] = files[sheet].replace(nothing, b"<f>2*1500</f><v>3000</v>")
	assert read(_zip(**files)).rows[1] == ["1", 3000]


@pytest.mark.parametrize(
	("cell", "text"),
	[
		(None, ""),
		(626001.0, "626001"),
		(12.5, "12.5"),
		(True, "1"),
		("  a ", "a"),
		("'=1", "=1"),
		("'a", "'a"),
	],
)
def test_a_cell_as_text(cell, text):
	assert cell_text(cell) == text


@pytest.mark.parametrize(
	("cell", "number"),
	[
		(None, None),
		("", None),
		(12.5, Decimal("12.5")),
		(7, 7),
		("۲٬۵۰۰٬۰۰۰", 2_500_000),
		("2,500,000", 2_500_000),
	],
)
def test_a_cell_as_number(cell, number):
	assert cell_number(cell, parse_number) == number


@pytest.mark.parametrize("cell", ["abc", float("nan"), True])
def test_what_is_no_number_is_never_nothing(cell):
	with pytest.raises(ValueError):
		cell_number(cell, parse_number)


def test_columns_in_any_order_with_brackets():
	names = {"code": ["code", "کد"], "price": ["new price", "قیمت جدید"]}
	assert columns_of(["قيمت  جديد (تومان)", None, "كد"], names, fold) == {"price": 0, "code": 2}
	assert columns_of(["Code", "CODE", "x"], names, fold) == {"code": 0}
	assert table_files.in_brackets("قیمت جدید (تومان)") == "تومان"
	assert table_files.in_brackets("price") == ""


CELLS = st.text(st.characters(blacklist_categories=("Cs", "Cc", "Cn")), max_size=12).map(str.strip)
ROWS = st.lists(st.lists(CELLS, min_size=3, max_size=3), min_size=1, max_size=5)


@given(ROWS)
def test_what_we_write_is_read_again(rows):
	expected = [["code", "name", "price"]] + [[cell_text(cell) for cell in row] for row in rows]
	while not any(expected[-1]):
		expected.pop()
	found = [[cell_text(cell) for cell in row] for row in read(sheets.to_csv(expected[0], rows)).rows]
	assert [[*row, *[""] * (3 - len(row))] for row in found] == expected


@pytest.mark.parametrize("text", ["=HYPERLINK(1)", "+1", "-1", "@a"])
def test_text_that_was_guarded_against_spreadsheets_is_itself_again(text):
	for content in (sheets.to_csv(["code"], [[text]]), sheets.to_xlsx("Prices", ["code"], [[text]])):
		assert cell_text(read(content).rows[1][0]) == text
