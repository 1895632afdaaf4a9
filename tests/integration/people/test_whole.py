"""The kept file and those merged into it are read as one person (N6, D45)."""

import pytest


@pytest.fixture
def chain(site):
	"""C was kept; A and B were merged into it. D is somebody else."""

	def make(name, merged_into=None):
		row = {"doctype": "Clinic Patient", "first_name": name, "full_name": name}
		doc = site.get_doc(
			row | {"status": "Merged" if merged_into else "Active", "merged_into": merged_into}
		)
		doc.name = f"whole-{name}"
		doc.db_insert()
		return doc.name

	kept = make("c")
	return [kept, make("a", kept), make("b", kept)], make("d")


def test_whoever_is_asked_for_the_whole_person_is_named_kept_first(chain):
	from clinic_core.people.merging import whole

	person, other = chain
	assert all(whole.names_of(name) == person for name in person)
	assert all(whole.names_of(name, lock=True) == person for name in person)
	assert whole.names_of(other) == [other]
	assert whole.names_of("nobody") == ["nobody"]


def test_several_are_asked_for_in_two_queries_at_most(chain, count_queries):
	from clinic_core.people.merging import whole

	person, other = chain
	with count_queries() as queries:
		assert whole.names_of_many([person[0], other]) == {person[0]: person, other: [other]}
	assert len(queries) == 1
	with count_queries() as queries:
		assert whole.names_of_many([person[1], person[2]]) == {name: person for name in person[1:]}
	assert len(queries) == 2


def test_the_file_in_use_is_one_step_away(chain):
	from clinic_core.people.merging import whole

	person, other = chain
	assert whole.kept_of_many([*person, other, "nobody"]) == {name: person[0] for name in person} | {
		other: other
	}
	assert whole.kept_of(person[2]) == person[0]
