"""What cells mean: digits of three scripts, words of three languages, units, what a spreadsheet broke."""

import datetime
from decimal import Decimal

import pytest
from clinic_core.people.importing import cells
from clinic_core.people.importing.cells import CellError, Settings
from hypothesis import given
from hypothesis import strategies as st

PERSIAN = str.maketrans("0123456789,.", "۰۱۲۳۴۵۶۷۸۹٬٫")
UNITS = {"تومان": Decimal(10), "ریال": Decimal(1), "toman": Decimal(10)}
TODAY = datetime.date(2026, 11, 28)


def read(value, reader, **more):
	return cells.read(value, reader, Settings(today=TODAY, units=UNITS, **more))


@pytest.mark.parametrize(
	("value", "reader", "expected"),
	[
		("", "text", None),
		(" - ", "number", None),
		("#N/A", "date", None),
		(" علي  رضا ", "text", "علی رضا"),
		("۲٬۵۰۰٬۰۰۰", "money", 2500000),
		("2,500.5", "number", Decimal("2500.5")),
		("250 تومان", "money", 2500),
		("ریال ۲۵۰", "money", 250),
		(12.0, "whole", 12),
		("۱۲", "whole", 12),
		(626001.0, "code", "626001"),
		("الف-۱۲", "code", "الف-12"),
		("خانم", "gender", "Female"),
		("Erkek", "gender", "Male"),
		("مؤنث", "gender", "Female"),
		("بله", "yes_no", 1),
		("✓", "yes_no", 1),
		("hayır", "yes_no", 0),
		("۱۴:۳۰", "time", datetime.time(14, 30)),
		("2:30 PM", "time", datetime.time(14, 30)),
		(0.75, "time", datetime.time(18, 0)),
		(9121234567.0, "phones", ["+989121234567"]),
		("0912 123 4567 / 021-88776655", "phones", ["+989121234567", "+982188776655"]),
		("0912-123-4567", "phones", ["+989121234567"]),
		("a@b.co", "email", "a@b.co"),
	],
)
def test_values(value, reader, expected):
	assert read(value, reader) == expected


@pytest.mark.parametrize(
	("value", "reader", "code"),
	[
		("2.98725E+13", "code", cells.SHORTENED),
		("9.12E+09", "phones", cells.SHORTENED),
		("$1,117.10K", "money", cells.NOT_A_NUMBER),
		("250 دلار", "money", cells.NOT_A_NUMBER),
		("0.001", "money", cells.NOT_WHOLE),
		("1" * 20, "money", cells.TOO_LARGE),
		("-3", "positive_money", cells.NOT_POSITIVE),
		("2.5", "whole", cells.NOT_WHOLE),
		("12345", "phones", cells.NOT_A_PHONE),
		("25:70", "time", cells.NOT_A_TIME),
		("?", "gender", cells.UNKNOWN_GENDER),
		("maybe", "yes_no", cells.NOT_YES_OR_NO),
		("1399/12/31", "date", cells.NO_SUCH_DATE),
		("2023-02-29", "date", cells.NO_SUCH_DATE),
		("soon", "date", cells.NOT_A_DATE),
		("x" * 141, "text", cells.TOO_LONG),
		("a@b", "email", cells.NOT_AN_EMAIL),
		(float("nan"), "number", cells.NOT_A_NUMBER),
	],
)
def test_what_cannot_be_read_says_why(value, reader, code):
	with pytest.raises(CellError) as caught:
		read(value, reader)
	assert caught.value.code == code


@given(st.integers(-(10**10), 10**10))
def test_any_amount_in_any_script(amount):
	written = f"{amount:,}"
	assert read(written, "money") == read(written.translate(PERSIAN), "money") == amount
	assert read(f"{written} تومان", "money", factor=Decimal(7)) == amount * 10
