"""The order of departments and services (A19, A51, A88)."""

from clinic_core.service_catalog.lists.arrangement import Place, changes, difference, fingerprint
from hypothesis import given
from hypothesis import strategies as st

ORDER = [("SKIN", ["a", "b"]), ("LASER", ["c"])]
PLACES = {"a": Place("SKIN", 10), "b": Place("SKIN", 20), "c": Place("LASER", 10)}
DEPARTMENTS = {"SKIN": 10, "LASER": 20}


def test_nothing_moved_writes_nothing():
	assert changes(ORDER, DEPARTMENTS, PLACES) == ({}, {})


def test_only_what_moved_is_written():
	found = changes([("SKIN", ["a"]), ("LASER", ["c", "b"])], DEPARTMENTS, PLACES)
	assert found.departments == {} and found.services == {"b": Place("LASER", 20)}


def test_departments_move_with_their_services():
	found = changes([("LASER", ["c"]), ("SKIN", ["a", "b"])], DEPARTMENTS, PLACES)
	assert found.departments == {"LASER": 10, "SKIN": 20} and found.services == {}


def test_the_same_order_has_the_same_fingerprint_and_no_other():
	assert fingerprint(ORDER) == fingerprint([("SKIN", ("a", "b")), ("LASER", ["c"])])
	others = [
		[("LASER", ["c"]), ("SKIN", ["a", "b"])],
		[("SKIN", ["b", "a"]), ("LASER", ["c"])],
		[("SKIN", ["a"]), ("LASER", ["b", "c"])],
		[("SKIN", ["a", "b", "c"]), ("LASER", [])],
	]
	assert len({fingerprint(order) for order in [ORDER, *others]}) == 5


def test_what_is_left_out_unknown_or_twice_is_named():
	found = difference(ORDER, [("SKIN", ["a", "a"]), ("LASER", ["x"])])
	assert found.missing == ["service b", "service c"]
	assert found.unknown == ["service x"] and found.twice == ["service a"]
	assert difference(ORDER, [("LASER", ["b"]), ("SKIN", ["c", "a"])]) == ([], [], [])


def test_a_department_may_be_called_like_a_service():
	assert difference([("a", ["a"])], [("a", ["a"])]) == ([], [], [])


@given(st.lists(st.lists(st.integers(0, 999), max_size=6), max_size=5), st.randoms())
def test_what_is_written_gives_the_wanted_order(shape, random):
	names = iter(f"s{number}" for number in range(100))
	wanted = [(f"d{at}", [next(names) for _ in row]) for at, row in enumerate(shape)]
	everything = [name for _, services in wanted for name in services]
	departments = {name: random.randrange(50) for name, _ in wanted}
	places = {name: Place(random.choice(list(departments)), random.randrange(50)) for name in everything}
	change = changes(wanted, departments, places)
	departments |= change.departments
	places |= change.services
	order = sorted(departments, key=departments.get)
	assert order == [name for name, _ in wanted]
	for name, services in wanted:
		here = [s for s in everything if places[s].department == name]
		assert sorted(here, key=lambda s: places[s].priority) == services
