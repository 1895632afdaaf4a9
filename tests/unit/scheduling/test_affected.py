"""Proposals for the appointments of a leave: nobody is proposed what somebody else was (G08)."""

from clinic_core.scheduling.affected.proposals import Affected, propose
from clinic_core.scheduling.slots import Slot
from hypothesis import given
from hypothesis import strategies as st

GROUPS = (("visit",), ("laser",))
slots = st.builds(
	lambda start, length, who, rooms: Slot(start, start + length, who, "x", rooms),
	st.integers(0, 60),
	st.integers(5, 30),
	st.sampled_from("ab"),
	st.sampled_from([(), ("r",)]),
)
free = st.fixed_dictionaries({group: st.lists(slots, max_size=6) for group in GROUPS})
affected = st.lists(
	st.tuples(st.sampled_from("pqr"), st.integers(0, 9), st.sampled_from(GROUPS)), max_size=6
).map(lambda rows: [Affected(str(n), *row) for n, row in enumerate(rows)])


@given(affected, free)
def test_proposals_can_all_be_taken_together(rows, times):
	given_ = propose(rows, times)
	who = {row.name: row for row in rows}
	assert all(slot in times[who[name].group] for name, slot in given_.items())
	pairs = [(a, b) for a in given_ for b in given_ if a < b]
	for a, b in pairs:
		one, other = given_[a], given_[b]
		if one.start < other.end and other.start < one.end:
			assert one.practitioner != other.practitioner
			assert who[a].patient != who[b].patient
			assert not set(one.resources) & set(other.resources)


@given(affected, free)
def test_whoever_gets_nothing_could_not_have_had_anything(rows, times):
	given_ = propose(rows, times)
	who = {row.name: row for row in rows}
	for row in rows:
		if row.name in given_:
			continue
		for slot in times[row.group]:
			assert any(
				slot.start < other.end
				and other.start < slot.end
				and (
					slot.practitioner == other.practitioner
					or who[name].patient == row.patient
					or set(slot.resources) & set(other.resources)
				)
				for name, other in given_.items()
			)


def test_whoever_comes_first_chooses_first():
	times = {GROUPS[0]: [Slot(0, 30, "a", "x"), Slot(30, 60, "a", "x")]}
	rows = [Affected("late", "p", 20, GROUPS[0]), Affected("early", "q", 10, GROUPS[0])]
	assert {name: slot.start for name, slot in propose(rows, times).items()} == {"early": 0, "late": 30}


def test_who_was_in_a_group_stays_together_while_there_are_seats():
	times = {
		GROUPS[0]: [Slot(0, 30, "a", "x", seats_left=2), Slot(60, 90, "a", "x", seats_left=2)],
		GROUPS[1]: [Slot(0, 30, "a", "x"), Slot(120, 150, "a", "x")],
	}
	rows = [Affected(name, name, 10, GROUPS[0]) for name in "pqr"]
	alone = Affected("z", "z", 20, GROUPS[1])
	again = Affected("p2", "p", 30, GROUPS[0])
	given_ = propose([*rows, alone, again], times)
	assert {name: slot.start for name, slot in given_.items()} == {
		"p": 0,
		"q": 0,
		"r": 60,
		"z": 120,
		"p2": 60,
	}
