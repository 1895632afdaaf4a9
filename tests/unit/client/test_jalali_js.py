"""The browser's Jalali calendar, against a second library and against the server (N4)."""

import datetime
import json
import shutil
import subprocess

import pytest
from clinic_core.foundation import jalali

FIRST, LAST = datetime.date(1921, 3, 21), datetime.date(2122, 3, 20)  # 1300/01/01 to 1500/12/29
TYPED = {
	"1403/12/30": "2025-03-20",  # a leap year
	"۱۴۰۳/۱۲/۳۰": "2025-03-20",
	"١٤٠٣/١٢/٣٠": "2025-03-20",
	" 1403-12-30 ": "2025-03-20",
	"\u200f۱۴۰۳/۱۲/۳۰\u200f": "2025-03-20",
	"30/12/1403": "2025-03-20",
	"1405/8/5": "2026-10-27",
	"1365.07.12": "1986-10-04",
}
WRONG = {
	"1402/12/30": {"problem": "day", "year": 1402, "month": 12, "length": 29},
	"31/11/1403": {"problem": "day", "year": 1403, "month": 11, "length": 30},
	"1403/07/31": {"problem": "day", "year": 1403, "month": 7, "length": 30},
	"1403/1/0": {"problem": "day", "year": 1403, "month": 1, "length": 31},
	"1403/13/01": {"problem": "month", "month": 13},
	"03/12/29": {"problem": "short_year"},
	"2025-03-20": {"problem": "gregorian", "iso": "2025-03-20"},
	"20/3/2025": {"problem": "gregorian", "iso": "2025-03-20"},
	"2025-02-30": {"problem": "form"},
	"1403/12": {"problem": "form"},
	"soon": {"problem": "form"},
	"9999/12/01": {"problem": "form"},
}
MOMENTS = {
	"1405/08/30 14:05": "2026-11-21 14:05:00",
	"۱۴۰۵/۰۸/۳۰، ۱۴:۰۵": "2026-11-21 14:05:00",
	"14:05 1405/08/30": "2026-11-21 14:05:00",
	"1405/08/30 9:05:07": "2026-11-21 09:05:07",
	"1405/08/30": "2026-11-21 00:00:00",
}
RANGES = {
	"۱۴۰۵/۰۸/۰۱ تا ۱۴۰۵/۰۸/۳۰": ["2026-10-23", "2026-11-21"],
	"1405/08/01 to 1405/08/30": ["2026-10-23", "2026-11-21"],
	"1405/08/30 - 1405/08/01": ["2026-10-23", "2026-11-21"],
	"1405-08-01,1405-08-30": ["2026-10-23", "2026-11-21"],
	"1405/08/01": ["2026-10-23", "2026-10-23"],
}


@pytest.fixture(scope="module")
def in_browser(repo_root, tmp_path_factory):
	"""Runs a script with the exports of kit/jalali.js as `kit` and the given `data`; what it returns."""
	node = shutil.which("node") or pytest.skip("needs node")
	folder = tmp_path_factory.mktemp("kit")
	for name in ("digits.js", "jalali.js"):
		shutil.copy(repo_root / "apps/clinic_core/clinic_core/public/js/kit" / name, folder)
	(folder / "package.json").write_text('{"type": "module"}')

	def run(body, data=None):
		script = (
			f"import * as kit from {json.dumps(str(folder / 'jalali.js'))};"
			f"const data = {json.dumps(data)};"
			f"console.log(JSON.stringify((() => {{{body}}})()));"
		)
		done = subprocess.run(
			[node, "--input-type=module", "-e", script], capture_output=True, text=True, check=True
		)
		return json.loads(done.stdout)

	return run


@pytest.fixture(scope="module")
def months():
	"""(Gregorian first day, year, month) of every month from 1300 to 1500, by the other library."""
	oracle = pytest.importorskip("persiantools.jdatetime").JalaliDate
	return [
		(str(oracle(year, month, 1).to_gregorian()), year, month)
		for year in range(1300, 1501)
		for month in range(1, 13)
	]


def test_every_day_from_1300_to_1500(in_browser, months):
	"""Each day by its place after the first of its month, both ways."""
	found = in_browser(
		"""
		const firsts = [], wrong = [];
		const at = new Date(data.first + "T00:00:00Z");
		for (let day = data.first, before = 0; day <= data.last; ) {
			const { year, month, day: of_month } = kit.to_jalali(day);
			if (of_month === 1) firsts.push([day, year, month]);
			else if (of_month !== before + 1) wrong.push(day);
			if (kit.from_jalali(year, month, of_month) !== day) wrong.push(day);
			before = of_month;
			at.setUTCDate(at.getUTCDate() + 1);
			day = at.toISOString().slice(0, 10);
		}
		return { firsts, wrong };
		""",
		{"first": str(FIRST), "last": str(LAST)},
	)
	assert found["wrong"] == []
	assert [tuple(row) for row in found["firsts"]] == months


def test_the_browsers_own_calendar_agrees(in_browser, months):
	"""Names of months and whole dates come from Intl; an old one would be found out here."""
	shown = in_browser(
		"""
		const format = new Intl.DateTimeFormat("en-u-ca-persian-nu-latn", {
			timeZone: "UTC", year: "numeric", month: "numeric", day: "numeric",
		});
		return data.map((day) => {
			const parts = format.formatToParts(new Date(day + "T00:00:00Z"));
			return ["year", "month", "day"].map((type) => parts.find((part) => part.type === type).value);
		});
		""",
		[first for first, _year, _month in months],
	)
	assert shown == [[str(year), str(month), "1"] for _first, year, month in months]


def test_lengths_of_months(in_browser):
	wanted = [[year, month] for year in range(1300, 1500) for month in range(1, 13)]
	found = in_browser("return data.map(([year, month]) => kit.month_length(year, month));", wanted)
	assert found == [jalali.month_length(year, month) for year, month in wanted]


def test_typed_days(in_browser):
	found = in_browser("return data.map(kit.read_day);", list(TYPED))
	assert [row.get("iso") for row in found] == list(TYPED.values())
	assert not any("problem" in row for row in found)


def test_the_server_reads_them_as_the_browser_does():
	found = {text: jalali.read_typed(text.strip("\u200f")) for text in TYPED}
	assert found == TYPED


def test_wrong_days_say_what_is_wrong(in_browser):
	assert in_browser("return data.map(kit.read_day);", list(WRONG)) == list(WRONG.values())


def test_moments(in_browser):
	found = in_browser("return data.map(kit.read_moment);", list(MOMENTS))
	assert [row["iso"] for row in found] == list(MOMENTS.values())
	assert in_browser("return kit.read_moment('1405/08/30 25:00');") == {"problem": "clock"}


def test_ranges_however_they_are_pasted(in_browser):
	found = in_browser("return data.map(kit.read_range);", list(RANGES))
	assert [row["iso"] for row in found] == list(RANGES.values())
	assert in_browser("return kit.read_range('1402/12/01 تا 1402/12/30');")["problem"] == "day"
	assert in_browser("return kit.read_range('1 تا 2');") == {"problem": "form"}


def test_shown_days_and_months_around(in_browser):
	assert in_browser("return kit.write_day('2026-11-21');") == "1405/08/30"
	found = in_browser("return [0, 1, -1, 5, -8].map((by) => kit.month_start('2026-11-21', by));")
	assert found == [str(jalali.month_start(datetime.date(2026, 11, 21), by)) for by in (0, 1, -1, 5, -8)]
