"""Treatments in stages (F06) against an oracle that walks minute by minute, and the numbers of a queue (G03)."""

from clinic_core.scheduling.queue.numbers import Queue
from clinic_core.scheduling.slots import (
	NOBODY,
	OPERATOR,
	PRACTITIONER,
	Need,
	Resource,
	Shift,
	Slot,
	Stage,
	Who,
	free,
	gender_fits,
	patient_key,
	practitioner_key,
	resource_key,
)
from hypothesis import given, settings
from hypothesis import strategies as st

BASE = 29_000_000 // 5 * 5
DOCTORS, OPERATORS = ("D1", "D2"), ("O1", "O2")


def at(minute):
	return BASE + minute


def is_busy(taken, start, end, capacity=1):
	"""Whether some minute lies in as many claims as there are seats; a claim holds whole cells."""
	return any(
		sum(1 for s, e in taken if s < e and s // 5 * 5 <= minute < -(-e // 5) * 5) >= capacity
		for minute in range(start // 5 * 5, -(-end // 5) * 5)
	)


def oracle(shifts, need, busy, resources, operators, who, now, step):
	"""Every start of the grid whose stages all find somebody and something; who and what is found first."""
	found = set()
	for shift in shifts:
		if not gender_fits((shift.gender, *need.genders), who.gender):
			continue
		for start in range(shift.start, shift.end, step):
			names = (
				start >= now
				and start + need.duration <= shift.end
				and _fill(shift, need, busy, resources, operators, who, start)
			)
			if names:
				things, people = names
				found.add(
					Slot(
						start,
						start + need.duration,
						shift.practitioner,
						shift.branch,
						*map(_once, (things, people)),
					)
				)
	return sorted(found)


def _once(names):
	return tuple(dict.fromkeys(names))


def _fill(shift, need, busy, resources, operators, who, start):
	if is_busy(busy.get(patient_key(who.name), ()), start, start + need.duration):
		return None
	things, people, begin = [], [], start
	for place, stage in enumerate(need.stages):
		end = begin + stage.duration
		claim = (
			begin - (-(-need.before // 5) * 5 if place == 0 else 0),
			end + (need.after if place == len(need.stages) - 1 else 0),
		)
		if stage.who == PRACTITIONER and is_busy(busy.get(practitioner_key(shift.practitioner), ()), *claim):
			return None
		if stage.who == OPERATOR:
			able = [
				s.practitioner
				for s in sorted(operators, key=lambda s: s.practitioner)
				if s.branch == shift.branch
				and gender_fits((s.gender,), who.gender)
				and s.start <= begin
				and end <= s.end
				and not is_busy(busy.get(practitioner_key(s.practitioner), ()), *claim)
			]
			if not able:
				return None
			people.append(able[0])
		if stage.resource_kind:
			able = [
				r.name
				for r in sorted(resources, key=lambda r: r.name)
				if r.kind == stage.resource_kind
				and r.branch == shift.branch
				and r.is_active
				and gender_fits((r.gender,), who.gender)
				and not is_busy(busy.get(resource_key(r.name), ()), *claim, capacity=r.capacity)
			]
			if not able:
				return None
			things.append(able[0])
		begin = end
	return things, people


CELLS = st.integers(1, 6).map(lambda n: 5 * n)
STAGE = st.builds(
	Stage,
	duration=CELLS,
	who=st.sampled_from([PRACTITIONER, OPERATOR, NOBODY]),
	resource_kind=st.sampled_from(["", "Room", "Device"]),
)
GENDER = st.sampled_from(["Any", "Any", "Female"])
TAKEN = st.lists(st.tuples(st.integers(0, 150), st.integers(1, 40)), max_size=4).map(
	lambda spans: [(at(s), at(s + length)) for s, length in spans]
)


def shift_of(names):
	spans = st.tuples(st.integers(0, 12), st.integers(4, 24))
	return st.builds(
		lambda name, span, branch, gender: Shift(
			name, branch, at(5 * span[0]), at(5 * (span[0] + span[1])), gender=gender
		),
		st.sampled_from(names),
		spans,
		st.sampled_from(["B1", "B1", "B2"]),
		GENDER,
	)


RESOURCES = st.lists(
	st.builds(
		Resource,
		name=st.sampled_from(["R1", "R2", "R3"]),
		kind=st.sampled_from(["Room", "Device"]),
		branch=st.sampled_from(["B1", "B1", "B2"]),
		capacity=st.integers(1, 2),
		gender=GENDER,
	),
	max_size=3,
	unique_by=lambda r: r.name,
)
KEYS = [practitioner_key(n) for n in (*DOCTORS, *OPERATORS)] + [resource_key(f"R{n}") for n in (1, 2, 3)]


@settings(max_examples=300, deadline=None)
@given(
	stages=st.lists(STAGE, min_size=1, max_size=4),
	buffers=st.tuples(st.integers(0, 12), st.integers(0, 12)),
	shifts=st.lists(shift_of(DOCTORS), min_size=1, max_size=2, unique_by=lambda s: s.practitioner),
	operators=st.lists(shift_of(OPERATORS), max_size=3),
	busy=st.fixed_dictionaries({key: TAKEN for key in [*KEYS, patient_key("P")]}),
	resources=RESOURCES,
	gender=st.sampled_from([None, "", "Female", "Male"]),
	now=st.integers(0, 60),
	step=st.sampled_from([5, 15]),
)
def test_a_treatment_in_stages_is_offered_exactly_where_every_stage_finds_whom_and_what_it_needs(
	stages, buffers, shifts, operators, busy, resources, gender, now, step
):
	need = Need(sum(s.duration for s in stages), *buffers, stages=tuple(stages))
	who = Who("P", gender)
	offered = free(
		shifts,
		{name: need for name in DOCTORS},
		busy,
		resources,
		who=who,
		now=at(now),
		step=step,
		operators=operators,
	)
	assert offered == oracle(shifts, need, busy, resources, operators, who, at(now), step)


def test_the_doctor_is_free_for_others_while_the_cream_works():
	need = Need(
		60,
		stages=(Stage(30, NOBODY, "Room", "Numbing"), Stage(20, PRACTITIONER, "Device"), Stage(10, OPERATOR)),
	)
	day = [Shift("D1", "B1", at(0), at(120))]
	things = [Resource("R1", "Room", "B1"), Resource("R2", "Device", "B1")]
	nurse = [Shift("O1", "B1", at(60), at(120))]
	busy = {practitioner_key("D1"): [(at(0), at(30)), (at(50), at(60))]}
	offered = free(day, {"D1": need}, busy, things, step=5, operators=nurse)
	assert [(slot.start - BASE, slot.resources, slot.operators) for slot in offered][:2] == [
		(30, ("R1", "R2"), ("O1",)),
		(35, ("R1", "R2"), ("O1",)),
	]
	assert 0 not in [slot.start - BASE for slot in offered]


def queue(start=0, end=240, capacity=0, duration=20):
	return Queue(Shift("D1", "B1", at(start), at(end), kind="Queue", capacity=capacity), duration)


def test_numbers_share_the_hours_evenly():
	assert queue().capacity == 12
	assert queue(capacity=10).capacity == 10
	assert [queue(capacity=10).expected(n) - BASE for n in (1, 2, 10)] == [0, 20, 215]
	assert queue(duration=500).capacity == 1


@given(st.integers(1, 60), st.sets(st.integers(1, 60)), st.integers(0, 300))
def test_a_number_is_never_given_twice_and_its_turn_is_still_to_come(capacity, taken, now):
	line = queue(capacity=capacity)
	left = line.numbers(taken, at(now))
	assert left == sorted(set(left)) and not set(left) & taken
	assert all(1 <= n <= capacity and line.expected(n) >= at(now) for n in left)
	turns = [line.expected(n) for n in range(1, capacity + 1)]
	assert turns == sorted(turns) and line.shift.start <= turns[0] and turns[-1] < line.shift.end
