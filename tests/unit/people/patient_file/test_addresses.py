"""Which address is the main one."""

import pytest
from clinic_core.people.patient_file.addresses import Place, TwoMainError, settle
from hypothesis import given
from hypothesis import strategies as st

NONE = Place("", "")
TEHRAN, KARAJ = Place("Tehran", "1"), Place("Karaj", "2")
PLACES = st.builds(Place, st.sampled_from(["", "Tehran", "Karaj"]), st.sampled_from(["", "1", "2"]))


@pytest.mark.parametrize(
	("rows", "typed", "old", "expected"),
	[
		([], NONE, NONE, ([], None)),
		([], TEHRAN, NONE, ([TEHRAN], 0)),
		([], TEHRAN, TEHRAN, ([TEHRAN], 0)),  # a file of before the table
		([(TEHRAN, False), (KARAJ, False)], NONE, NONE, ([TEHRAN, KARAJ], 0)),
		([(TEHRAN, False), (KARAJ, True)], TEHRAN, TEHRAN, ([TEHRAN, KARAJ], 1)),
		([(TEHRAN, True)], KARAJ, TEHRAN, ([KARAJ], 0)),
		([(KARAJ, True)], TEHRAN, TEHRAN, ([KARAJ], 0)),
	],
)
def test_cases(rows, typed, old, expected):
	assert settle(rows, typed, old) == expected


def test_two_main_addresses_are_refused():
	with pytest.raises(TwoMainError):
		settle([(TEHRAN, True), (KARAJ, True)], NONE, NONE)


@given(st.lists(st.tuples(PLACES, st.just(False)), max_size=4), PLACES, PLACES, st.integers(0, 3))
def test_there_is_a_main_one_as_soon_as_there_is_any(rows, typed, old, at):
	rows = [(place, position == at) for position, (place, _main) in enumerate(rows)]
	places, main = settle(rows, typed, old)
	assert (main is None) == (not places)
	assert len(places) >= len(rows)
	if typed != old and any(typed):
		assert places[main] == typed
