"""The holidays that come with the product: what the file says must hold of every row."""

import datetime
import json
import pathlib

import jdatetime

DATA = pathlib.Path(__file__).parents[3] / "apps/clinic_core/clinic_core/scheduling/holidays/data/iran.json"
ROWS = json.loads(DATA.read_text(encoding="utf-8"))


def of(year, en):
	return [row for row in ROWS if row["en"] == en and row["date"].startswith(str(year))]


def test_codes_are_unique_and_fit_a_name():
	codes = [row["code"] for row in ROWS]
	assert len(set(codes)) == len(codes)
	assert max(map(len, codes)) <= 140


def test_every_row_has_both_names_and_a_day():
	for row in ROWS:
		assert datetime.date.fromisoformat(row["date"])
		assert row["fa"] and row["en"] and not row["fa"].isascii() and row["en"].isascii()
		assert "تخمینی" not in row["fa"] and "estimated" not in row["en"]


def test_fixed_days_are_those_of_the_persian_calendar():
	for year in range(2026, 2032):
		for en, month, day in (("Nowruz", 1, 1), ("Islamic Revolution Day", 11, 22)):
			(row,) = of(year, en)
			jalali = jdatetime.date.fromgregorian(date=datetime.date.fromisoformat(row["date"]))
			assert (jalali.month, jalali.day, row["is_estimated"]) == (month, day, 0)


def test_lunar_days_to_come_are_estimated():
	for year in range(2027, 2032):
		for en in ("Ashura", "Tasua", "Arbaeen"):
			assert [row["is_estimated"] for row in of(year, en)] == [1]
