"""The browser reads numbers and dates as the server does (`design.md` §4.7): one table, both sides."""

import base64
import datetime
import json
import shutil
import subprocess

import pytest
from clinic_core.foundation import digits, jalali

NUMBERS = [
	"۲٬۵۰۰٬۰۰۰",
	"٢٬٥٠٠٬٠٠٠",
	"۲،۵۰۰،۰۰۰",
	"2,500,000",
	"2 500 000",
	"۲۵۰۰۰۰۰",
	"۱۲٫۵",
	"-۳",
	"−۳",
	"+7",
	".5",
	"0",
	"\u200f۱۲\u200f",
	"1'000",
]
NONSENSE = ["abc", "12abc", "۱۲ تومان", "1.2.3", "--1", "۱٫۲٫۳", "٫", "-"]


@pytest.fixture(scope="module")
def in_browser(repo_root):
	"""Calls an exported function of kit/digits.js for a list of arguments."""
	node = shutil.which("node") or pytest.skip("needs node")
	kit = repo_root / "apps/clinic_core/clinic_core/public/js/kit/digits.js"
	module = "data:text/javascript;base64," + base64.b64encode(kit.read_bytes()).decode()

	def call(name, arguments):
		script = (
			f"const kit = await import({json.dumps(module)});"
			f"const rows = {json.dumps(arguments)}.map((row) => kit.{name}(...row));"
			"console.log(JSON.stringify(rows.map((v) => Number.isNaN(v) ? 'NaN' : v)));"
		)
		run = subprocess.run(
			[node, "--input-type=module", "-e", script], capture_output=True, text=True, check=True
		)
		return json.loads(run.stdout)

	return call


def test_numbers_are_read_as_the_server_reads_them(in_browser):
	expected = [float(digits.parse_number(text)) for text in NUMBERS]
	assert in_browser("read_number", [[text] for text in NUMBERS]) == expected


def test_nonsense_is_no_number_on_either_side(in_browser):
	assert in_browser("read_number", [[text] for text in NONSENSE]) == ["NaN"] * len(NONSENSE)
	for text in NONSENSE:
		with pytest.raises(ValueError):
			digits.parse_number(text)


def test_an_empty_box_is_empty_and_not_zero(in_browser):
	assert in_browser("read_number", [[""], ["  "]]) == [None, None]


def test_a_site_that_writes_decimals_with_a_comma(in_browser):
	european = {"decimal_str": ",", "group_sep": "."}
	rows = [["1.500.000", european], ["1,5", european], ["۱٬۵۰۰٫۵", european]]
	assert in_browser("read_number", rows) == [1500000, 1.5, 1500.5]


def test_persian_dates_become_gregorian_ones(in_browser):
	days = [datetime.date(2026, 3, 20) + datetime.timedelta(days=step * 37) for step in range(120)]
	months = [jalali.jalali_month(day) for day in days]
	firsts = in_browser("jalali_to_gregorian", [[*map(int, month.split("-")), 1] for month in months])
	for day, month, first in zip(days, months, firsts, strict=True):
		begin = datetime.date(*first)
		assert begin <= day
		assert jalali.jalali_month(begin) == month
		assert jalali.jalali_month(begin - datetime.timedelta(days=1)) != month


def test_typed_dates(in_browser):
	found = in_browser("latin_date", [["۱۴۰۵/۰۸/۳۰"], ["1405-13-01"], ["۲۰۲۶-۱۱-۲۱"], ["1370/5/12"]])
	assert [row["iso"] for row in found] == ["2026-11-21", "", None, "1991-08-03"]
	assert found[2]["text"] == "2026-11-21"


def test_the_last_month_has_thirty_days_in_leap_years_only(in_browser):
	leap, common = in_browser("latin_date", [["1403/12/30"], ["1404/12/30"]])
	assert (leap["iso"], common["iso"]) == ("2025-03-20", "")


def test_names_are_compared_whatever_the_keyboard(in_browser):
	assert in_browser("fold", [["علي  كريمي"], ["می‌خواهم ۱۲"]]) == ["علی کریمی", "می خواهم 12"]


@pytest.mark.parametrize(
	("said", "shown"),
	[
		("On 12 he works 08:00–12:00.", "On ۱۲ he works ۰۸:۰۰–۱۲:۰۰."),
		("Until 2026/11/28, 3 at most", "Until ۲۰۲۶/۱۱/۲۸, ۳ at most"),
		("100% of 1,000", "۱۰۰% of ۱,۰۰۰"),
		("PT-0012, 4K, x1@a.ir, 10.0.0.1:8000/x", "PT-0012, 4K, x1@a.ir, 10.0.0.1:8000/x"),
		("۵ روز", "۵ روز"),
	],
)
def test_a_sentence_gets_persian_numbers_and_keeps_its_codes(in_browser, said, shown):
	assert in_browser("sentence_digits", [[said]]) == [shown]
