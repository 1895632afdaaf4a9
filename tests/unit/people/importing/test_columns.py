"""Columns by their headings, rows by their fingerprints, options as they come."""

import json
import pathlib

import pytest
from clinic_core.foundation import table_files
from clinic_core.people.importing import columns, dates, options, rows
from clinic_core.people.importing.patients.columns import FIELDS
from hypothesis import given
from hypothesis import strategies as st

SHARED = pathlib.Path("/work/shared/data")


def propose(*header):
	return columns.propose(header, FIELDS, {})


@pytest.mark.parametrize(
	("header", "expected"),
	[
		(("نام", "نام خانوادگی", "تلفن همراه"), {"first_name": 0, "last_name": 1, "mobile": 2}),
		(("Soyadı", "Adı", "Doğum Tarihi"), {"last_name": 0, "first_name": 1, "birth_date": 2}),
		(("National_ID", "Mobile *", "Sex"), {"national_code": 0, "mobile": 1, "gender": 2}),
		(("کدملي", "ش پرونده", "نحوه آشنایی"), {"national_code": 0, "file_no": 1, "referral_source": 2}),
	],
)
def test_headings_of_three_languages(header, expected):
	assert propose(*header) == expected


def test_the_row_of_headings_is_found_below_a_title():
	table = [["گزارش بیماران"], [], ["ردیف", "نام", "نام خانوادگی", "موبایل"], [1, "a", "b", "c"]]
	assert columns.header_row(table, FIELDS, {}) == 2
	assert columns.header_row([["x", "y"], ["a", "b"]], FIELDS, {}) == 0
	assert columns.header_row([[], []], FIELDS, {}) is None


def test_a_set_of_headings_is_known_in_any_order_and_with_reasons():
	assert columns.key_of(["نام", "موبایل"]) == columns.key_of(["موبايل", "نام", "علت"])
	assert columns.key_of(["نام", "موبایل"]) != columns.key_of(["نام", "تلفن"])
	assert columns.twice(["نام", "x", "نام "]) == "نام ".strip()
	assert columns.twice(["نام", "", "", "x"]) is None


CELLS = st.dictionaries(st.sampled_from("abc"), st.text(max_size=4), max_size=3)


@given(st.lists(CELLS, max_size=8))
def test_fingerprints_tell_rows_apart_and_know_them_again(table):
	first, again = rows.fingerprints("k", table), rows.fingerprints("k", table)
	assert first == again
	assert len(set(first)) == len(first)
	if table:
		assert not set(first) & set(rows.fingerprints("other", table))


@given(
	st.dictionaries(
		st.text(max_size=12), st.one_of(st.none(), st.integers(), st.text(max_size=5)), max_size=6
	)
)
def test_options_from_anywhere_are_options(given_):
	found = options.from_dict(given_)
	assert options.from_json(found.to_json()) == found


def test_options_leave_out_what_cannot_be():
	found = options.from_dict(
		{
			"columns": {"a": "3", "b": -1, "c": "x"},
			"duplicates": "Delete",
			"date_styles": {"a": "lunar"},
			"factor": "0",
		}
	)
	assert (dict(found.columns), found.duplicates, dict(found.date_styles), found.factor) == (
		{"a": 3},
		"Skip",
		{},
		None,
	)
	assert json.loads(found.to_json())["sheet"] is None


@pytest.mark.skipif(not SHARED.exists(), reason="the shared exports are not on this machine")
def test_real_exports_are_understood():
	leads = table_files.read((SHARED / "crm_export" / "Leads.csv").read_bytes())
	at = columns.header_row(leads.rows, FIELDS, {})
	found = columns.propose(leads.rows[at], FIELDS, {})
	assert {"last_name", "mobile", "email", "referral_source"} <= set(found)
	created = leads.rows[0].index("Created Time")
	assert dates.detect([row[created] for row in leads.rows[1:200]], dates.datetime.date.today()).startswith(
		"gregorian"
	)
	visits = table_files.read((SHARED / "appointments_2016.csv").read_bytes())
	assert columns.propose(visits.rows[0], FIELDS, {})["file_no"] == 0
