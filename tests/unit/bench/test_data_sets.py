"""The data sets of `./clinic bench`: exact counts, the same rows every time, and rules of the product."""

import dataclasses
import datetime
import itertools
from collections import Counter

import pytest
from clinic_core.foundation.phones import to_e164
from clinic_core.people.identity import national_code

from tests.bench.data import bulk, stamp
from tests.bench.data.shapes import CARD, OPEN, booked, fill
from tests.bench.data.tables import ALL, table
from tests.bench.world import DEBTS, HEAVY, HEAVY_ENTRIES, SEARCHED_SERVICE, SIZES, Size, World, site_of

SUNDAY, FRIDAY = datetime.date(2026, 11, 22), datetime.date(2026, 11, 27)
TINY = Size("T", 180, 460, 3_400, 240, 1, 2, 4, 10, 2)


@pytest.fixture(scope="module")
def small():
	return World(SIZES["S"], SUNDAY)


@pytest.fixture(scope="module")
def tiny():
	return World(TINY, SUNDAY)


def test_every_size_has_its_site():
	assert [site_of(code) for code in SIZES] == [
		"bench-s.localhost",
		"bench-m.localhost",
		"bench-l.localhost",
	]


@pytest.mark.parametrize("code", ["S", "M"])
def test_the_ledger_has_exactly_its_entries(code):
	world = World(SIZES[code], SUNDAY)
	stays = [world.books.get(i) for i in range(world.books.count)]
	by_entity = Counter()
	for stay in stays:
		by_entity[stay.entity] += stay.booked.entries
	assert by_entity["SHOP"] == world.size.unsealed
	assert by_entity.total() == world.size.ledger_entries


@pytest.mark.parametrize("anchor", [SUNDAY, FRIDAY])
def test_a_tiny_size_has_names_once_and_full_rows(anchor):
	world = World(TINY, anchor)
	for each in ALL:
		rows = list(each.rows(world))
		assert rows, each.doctype
		assert len({row[0] for row in rows}) == len(rows), each.doctype
		assert {len(row) for row in rows} == {len(each.all_columns)}, each.doctype
		assert [row[0] for row in rows] == sorted(row[0] for row in rows), each.doctype


def test_the_same_day_gives_the_same_rows(tiny):
	again = World(TINY, SUNDAY)
	for each in ALL:
		assert list(each.rows(tiny)) == list(each.rows(again))


def test_the_anchor_is_a_working_day_even_on_a_friday():
	world = World(TINY, FRIDAY)
	assert world.working_day(0) == FRIDAY
	assert sum(a.start.date() == FRIDAY for a in map(world.appointment, range(TINY.appointments))) == 8


def test_no_two_appointments_share_practitioner_or_patient_at_a_time(small):
	seen = Counter()
	for number in range(small.size.appointments):
		appointment = small.appointment(number)
		seen["practitioner", appointment.practitioner, appointment.start] += 1
		seen["patient", appointment.patient, appointment.start.date()] += number < small.diary.past
	assert max(seen.values()) == 1


def test_free_starts_are_free_and_working_days_only(small):
	day = small.working_day(3)
	taken = {
		(a.practitioner, a.start)
		for a in map(small.appointment, range(small.diary.past, small.size.appointments))
	}
	free = {
		(doctor.number, start) for doctor in small.doctors for start in small.free_starts(doctor.number, day)
	}
	assert free and not free & taken
	friday = next(SUNDAY + datetime.timedelta(days=i) for i in range(7) if (SUNDAY.weekday() + i) % 7 == 4)
	assert small.free_starts(0, friday) == []


def test_people_have_valid_numbers_of_their_own(small):
	people = [small.patient(i) for i in range(small.size.patients)]
	codes = [p.national_code for p in people if p.national_code]
	assert all(national_code.is_valid(code) for code in codes)
	assert len(set(codes)) == len(codes) > 0.8 * len(people)
	assert len({p.file_no for p in people}) == len(people)
	assert all(to_e164(p.local_mobile, "IR") == p.mobile for p in people)


def test_the_special_patients(small):
	stays = [small.books.get(i) for i in range(small.books.count)]
	heavy = [stay for stay in stays if stay.patient == HEAVY]
	lines = sum(1 + bool(stay.booked.payment) for stay in heavy)
	assert lines == HEAVY_ENTRIES
	debts = Counter(stay.patient for stay in stays if not stay.booked.paid)
	assert all(debts[small.debtor(i).number] == DEBTS for i in range(small.size.debtors))
	assert small.size.debtors >= 300
	with pytest.raises(IndexError):
		small.debtor(small.size.debtors)


def test_twelve_doctors_offer_what_is_searched(small):
	assert len(small.doctors) >= 12
	assert all(SEARCHED_SERVICE in doctor.services for doctor in small.doctors)


@pytest.mark.parametrize("entries", [8, 10, 12, 100, 2_000, 100_000])
def test_plain_stays_fill_any_even_rest(entries):
	made = fill(entries)
	assert sum(booked(shape, SEARCHED_SERVICE).entries for shape in made) == entries
	assert set(made) <= {OPEN, CARD}


def test_each_voucher_of_a_tiny_size_sums_to_zero(tiny):
	columns = table("Clinic Ledger Entry").all_columns
	voucher, amount = columns.index("voucher_no"), columns.index("amount")
	rows = list(table("Clinic Ledger Entry").rows(tiny))
	for name, entries in itertools.groupby(rows, key=lambda row: row[voucher]):
		assert sum(row[amount] for row in entries) == 0, name


def test_a_field_cannot_break_out_of_its_row():
	assert bulk.text_of(("a\tb", None, "c\\d\n", 5)) == "a\\tb\t\\N\tc\\\\d\\n\t5"


def test_a_stamp_is_current_for_two_weeks(tmp_path):
	assert stamp.read(tmp_path) is None
	stamp.write(tmp_path, stamp.Loaded("S", stamp.GENERATOR, "abc", SUNDAY.isoformat()))
	found = stamp.read(tmp_path)
	assert found.is_current("S", SUNDAY + datetime.timedelta(days=14))
	for size, days in (("M", 0), ("S", 15), ("S", -1)):
		assert not found.is_current(size, SUNDAY + datetime.timedelta(days=days))
	older = dataclasses.replace(found, generator=stamp.GENERATOR - 1)
	assert not older.is_current("S", SUNDAY)
	stamp.clear(tmp_path)
	assert stamp.read(tmp_path) is None


def test_a_broken_stamp_counts_as_none(tmp_path):
	(tmp_path / stamp.FILE).write_text('{"size": "S"')
	assert stamp.read(tmp_path) is None
