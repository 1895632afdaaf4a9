"""Groups of patients with one practitioner (F13): seats, and which starts may be joined."""

from collections import defaultdict

import pytest
from clinic_core.scheduling.cells import cover
from clinic_core.scheduling.seats import CellTaken, Occupancy, Want, seat
from clinic_core.scheduling.slots import Need, Resource, Shift, Slot, Taken, Together, Who, free
from hypothesis import given
from hypothesis import strategies as st

BASE = 29_000_000 // 60 * 60
CLASS = Together("YOGA", BASE + 60)
SHIFT = Shift("a", "x", BASE, BASE + 240)


def wanted(group="", seats=1, start=BASE, minutes=60, key="PR:a"):
	return Want(key, cover(start, start + minutes), seats, group)


class Calendar:
	"""The claims as the database keeps them: one holder for each key, cell and seat."""

	def __init__(self):
		self.rows = {}

	def seen(self, fresh_rows=None):
		found = Occupancy()
		for (key, cell, number), (_holder, group) in (
			self.rows if fresh_rows is None else fresh_rows
		).items():
			found.taken[key, cell].add(number)
			found.groups[key, cell].add(group)
		return found

	def book(self, holder, want, seen=None):
		plan = seat([want], seen or self.seen())
		if plan.seats & set(self.rows):
			raise CellTaken(want.key)
		for place in plan.seats:
			self.rows[place] = (holder, plan.groups.get(place[0], ""))

	def leave(self, holder):
		"""As `claims.release` and `_close_ranks` do it."""
		gone = [(place, row) for place, row in self.rows.items() if row[0] == holder]
		for place, _row in gone:
			del self.rows[place]
		for (key, cell, number), (_holder, group) in gone:
			others = [n for k, c, n in self.rows if (k, c) == (key, cell)]
			if group and number == 0 and others:
				self.rows[key, cell, 0] = self.rows.pop((key, cell, max(others)))


def test_a_group_takes_as_many_as_it_has_seats_and_says_that_it_is_full():
	calendar = Calendar()
	for holder in "abc":
		calendar.book(holder, wanted(CLASS.key, 3))
	with pytest.raises(CellTaken) as refused:
		calendar.book("d", wanted(CLASS.key, 3))
	assert refused.value.is_full and refused.value.key == "PR:a"


@pytest.mark.parametrize("other", ["", Together("YOGA", BASE + 65).key, Together("BOXING", BASE + 60).key])
def test_nobody_else_is_with_the_practitioner_of_a_group(other):
	calendar = Calendar()
	calendar.book("a", wanted(CLASS.key, 3))
	with pytest.raises(CellTaken) as refused:
		calendar.book("b", wanted(other, 3 if other else 1, BASE + 30))
	assert not refused.value.is_full
	alone = Calendar()
	alone.book("a", wanted())
	with pytest.raises(CellTaken):
		alone.book("b", wanted(CLASS.key, 3, BASE + 30))


def test_who_is_here_already_is_let_in_whatever_there_is():
	calendar = Calendar()
	calendar.book("a", wanted(CLASS.key, 1))
	calendar.book("b", wanted("", None))
	calendar.book("c", wanted(CLASS.key, None))
	assert {number for _key, _cell, number in calendar.rows} == {0, 1, 2}


steps = st.lists(
	st.tuples(st.sampled_from(["group", "other group", "alone", "leave", "leave"]), st.integers(0, 9)),
	max_size=40,
)


@given(steps)
def test_the_unique_key_alone_keeps_groups_and_single_patients_apart(steps):
	"""Whoever looks at an old state of the calendar still collides: somebody of a group has seat 0."""
	groups = {"group": CLASS.key, "other group": Together("BOXING", BASE).key, "alone": ""}
	calendar, inside, serial = Calendar(), [], 0
	for kind, number in steps:
		if kind == "leave":
			if inside:
				calendar.leave(inside.pop(number % len(inside)))
			continue
		serial += 1
		want = wanted(groups[kind], 1 if kind == "alone" else 4)
		# Alone they look with an old snapshot, that of an empty calendar; groups look past it.
		seen = Occupancy() if kind == "alone" else None
		try:
			calendar.book(f"{kind} {serial}", want, seen)
			inside.append(f"{kind} {serial}")
		except CellTaken:
			pass
		there = defaultdict(set)
		for (_key, cell, _seat), (holder, group) in calendar.rows.items():
			there[cell].add((holder, group))
		for rows in there.values():
			assert len({group for _holder, group in rows}) == 1
			assert len(rows) <= (4 if next(iter(rows))[1] else 1)


def with_group(size, extra=()):
	taken = Taken()
	for _number in range(size):
		taken.add("PR:a", (CLASS.start, CLASS.start + 60), CLASS.key)
	for key, interval, group in extra:
		taken.add(key, interval, group)
	return taken


def yoga(seats=3, **more):
	return {"a": Need(60, service="YOGA", seats=seats, **more)}


def test_free_starts_tell_the_seats_and_a_group_is_joined_at_its_own_start():
	found = free([SHIFT], yoga(), with_group(2), step=30)
	assert [(slot.start - BASE, slot.seats_left) for slot in found] == [
		(0, 3),
		(60, 1),
		(120, 3),
		(150, 3),
		(180, 3),
	]


def test_a_full_group_or_one_of_another_service_is_not_offered():
	assert CLASS.start not in [slot.start for slot in free([SHIFT], yoga(), with_group(3), step=30)]
	other = {"a": Need(60, service="BOXING", seats=3)}
	assert CLASS.start not in [slot.start for slot in free([SHIFT], other, with_group(1), step=30)]
	alone = {"a": Need(60, service="YOGA")}
	assert CLASS.start not in [slot.start for slot in free([SHIFT], alone, with_group(1), step=30)]


def test_who_is_somewhere_else_cannot_join_and_nothing_that_has_passed_is_joined():
	busy = with_group(1, [("PT:p", (CLASS.start + 30, CLASS.start + 40), "")])
	found = free([SHIFT], yoga(), busy, who=Who("p"), step=30)
	assert CLASS.start not in [slot.start for slot in found]
	late = free([SHIFT], yoga(), with_group(1), now=CLASS.start + 1, step=30)
	assert CLASS.start not in [slot.start for slot in late]
	early = free([SHIFT], yoga(), with_group(1), until=CLASS.start, step=30)
	assert [slot.start for slot in early] == [BASE]


def test_a_group_shares_its_room_and_one_for_several_counts_each_of_them():
	shift = Shift("a", "x", BASE, BASE + 240, resource="hall")
	room = [("RS:hall", (CLASS.start, CLASS.start + 60), CLASS.key)] * 2
	found = free([shift], yoga(), with_group(2, room), [Resource("hall", "Room", "x")], step=60)
	assert (CLASS.start, 1) in [(slot.start, slot.seats_left) for slot in found]
	counted = [("RS:hall", (CLASS.start, CLASS.start + 60), "")] * 2
	large = free([shift], yoga(9), with_group(2, counted), [Resource("hall", "Room", "x", 4)], step=60)
	assert [(slot.start - BASE, slot.seats_left) for slot in large] == [(0, 4), (60, 2), (120, 4), (180, 4)]
	full = [("RS:hall", (CLASS.start, CLASS.start + 60), "")] * 4
	none = free([shift], yoga(9), with_group(2, full), [Resource("hall", "Room", "x", 4)], step=60)
	assert CLASS.start not in [slot.start for slot in none]


def test_somebody_elses_appointment_in_the_room_keeps_a_group_out():
	shift = Shift("a", "x", BASE, BASE + 240, resource="hall")
	busy = with_group(1, [("RS:hall", (CLASS.start, CLASS.start + 10), "")])
	found = free([shift], yoga(), busy, [Resource("hall", "Room", "x")], step=60)
	assert CLASS.start not in [slot.start for slot in found]


def test_a_single_patient_is_told_nothing_of_seats():
	assert free([SHIFT], {"a": Need(60, service="VISIT")}, {}, step=240) == [Slot(BASE, BASE + 60, "a", "x")]


def test_a_group_is_known_by_its_key():
	assert Together.of(CLASS.key) == CLASS
	assert Together.of(Together("a|b", 5).key) == Together("a|b", 5)
