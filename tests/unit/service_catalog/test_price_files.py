"""A price list that comes back filled in: which row is which service, and what is wrong with the others."""

from decimal import Decimal

import pytest
from clinic_core.foundation.table_files import Table, read
from clinic_core.service_catalog.price_updates.price_files import Known, PriceFileError, Unit, read_prices

TOMAN = Unit(("Toman", "تومان"), Decimal(10))
RIAL = Unit(("Rial", "ریال"), Decimal(1))
KNOWN = [
	Known("SRV-1", "", "لیزر صورت", barcode="626001"),
	Known("SRV-1", "chin", "لیزر صورت", "چانه", barcode="626001"),
	Known("SRV-2", "", "Botox"),
	Known("SRV-3", "", "ویزیت"),
	Known("SRV-4", "", "ویزیت"),
	Known("7", "", "Scaling"),
]


def take(*rows, chosen=None, units=(TOMAN, RIAL)):
	return read_prices(Table([list(row) for row in rows]), KNOWN, units, chosen)


def told(reading):
	return [(problem.row, problem.code) for problem in reading.problems]


@pytest.mark.parametrize(
	("header", "row"),
	[
		(["Code", "New price (Toman)"], ["SRV-1", 250_000]),
		(["قیمت جدید (تومان)", "کد"], ["۲۵۰٬۰۰۰", "srv-۱"]),
		(["New price (Rial)", "Barcode"], ["2,500,000", 626001.0]),
		(["نام خدمت", "قیمت (ریال)"], ["ليزر صورت", 2_500_000]),
		(["Price", "Code", "New price"], [1, "626001", "250000"]),
		(["کد", "بارکد", "نام خدمت", "مبلغ جدید"], [None, None, " لیزر  صورت ", 250_000.0]),
	],
)
def test_rows_are_known_by_code_barcode_or_name(header, row):
	reading = take(header, row)
	assert reading.problems == []
	assert reading.prices == {("SRV-1", ""): 2_500_000}


def test_body_areas_have_prices_of_their_own():
	reading = take(
		["کد", "ناحیه بدن", "قیمت جدید"], ["SRV-1", "چانه", 100], ["SRV-1", None, 200], ["SRV-2", "", 300]
	)
	assert reading.prices == {("SRV-1", "chin"): 1000, ("SRV-1", ""): 2000, ("SRV-2", ""): 3000}


def test_the_unit_is_named_in_the_heading_or_that_of_the_screen():
	plain = take(["code", "new price"], ["SRV-2", 5])
	assert (plain.unit, plain.is_unit_named, plain.prices) == (TOMAN, False, {("SRV-2", ""): 50})
	named = take(["code", "new price (ریال)"], ["SRV-2", 5])
	assert (named.unit, named.is_unit_named, named.prices) == (RIAL, True, {("SRV-2", ""): 5})
	with pytest.raises(PriceFileError, match="unknown_unit"):
		take(["code", "new price (Dollar)"], ["SRV-2", 5])


def test_every_row_that_is_wrong_is_told():
	reading = take(
		["code", "service name", "body area", "new price"],
		["SRV-9", None, None, 1],
		[None, "ویزیت", None, 1],
		[None, None, None, 1],
		["SRV-1", None, "nose", 1],
		[],
		["SRV-2", None, None, 1],
		["SRV-2", None, None, 2],
		["SRV-3", None, None, "abc"],
		["SRV-3", None, None, -1],
		["SRV-3", None, None, "0.05"],
		["SRV-3", None, None, 10**12],
		["SRV-4", None, None, None],
	)
	assert told(reading) == [
		(2, "unknown"),
		(3, "ambiguous"),
		(4, "nothing_named"),
		(5, "unknown_area"),
		(8, "twice"),
		(9, "not_a_number"),
		(10, "below_zero"),
		(11, "not_whole"),
		(12, "too_large"),
	]
	assert reading.problems[4].params == {"first": 7}
	assert reading.problems[3].named == "SRV-1 · nose"
	assert (reading.prices, reading.blank) == ({("SRV-2", ""): 10}, 1)


def test_services_that_were_not_chosen_are_told():
	rows = ["code", "new price"], ["SRV-1", 1], ["SRV-2", 1]
	assert told(take(*rows, chosen={("SRV-2", "")})) == [(2, "not_chosen")]


@pytest.mark.parametrize(
	("header", "code"), [(["code", "x"], "no_price_column"), (["x", "new price"], "no_service_column")]
)
def test_columns_that_are_missing(header, code):
	with pytest.raises(PriceFileError, match=code):
		take(header)


def test_a_file_of_windows_1256():
	content = "كد;قيمت جديد (ريال);نام خدمت\r\n;2،500،000;ليزر صورت\r\n7;0;\r\n".encode("cp1256")
	reading = read_prices(read(content), KNOWN, [TOMAN, RIAL])
	assert reading.problems == []
	assert reading.prices == {("SRV-1", ""): 2_500_000, ("7", ""): 0}
