"""Family and companions: written once, seen from both files (Q3)."""

import pytest

PHONES = iter(range(9121000000, 9129999999))


@pytest.fixture
def person(site):
	from clinic_core.people import registration

	def make(first, gender=None):
		data = {
			"first_name": first,
			"mobile": f"0{next(PHONES)}",
			"referral_source": "FRIEND",
			"gender": gender,
		}
		return registration.register(data)["name"]

	return make


def relate(site, patient, relation, relative=None, **more):
	values = {"patient": patient, "relation": relation, "relative": relative, **more}
	return site.get_doc({"doctype": "Clinic Patient Relation", **values}).insert()


def family(patient):
	from clinic_core.people.family import family

	return [(row["full_name"], row["relation"]) for row in family.of_patient(patient)]


def test_a_mother_shows_her_child(site, person):
	child, mother = person("Child", "Male"), person("Mother", "Female")
	relate(site, child, "Mother", mother, is_payer=1)
	assert family(child) == [("Mother", "Mother")]
	assert family(mother) == [("Child", "Son")]


def test_roles_are_told_on_the_side_they_were_given(site, person):
	from clinic_core.people.family import family as told

	child, mother = person("Child"), person("Mother", "Female")
	relate(site, child, "Mother", mother, is_payer=1, is_emergency_contact=1)
	assert told.of_patient(child)[0]["is_payer"] is True
	assert told.of_patient(mother)[0]["is_payer"] is False


def test_somebody_without_a_file_has_name_and_phone(site, person):
	from clinic_core.people.family import family as told

	child = person("Child")
	relate(site, child, "Carer", relative_name=" خانم  كريمي ", phone="۰۹۱۲۱۱۱۱۱۱۱", is_emergency_contact=1)
	[row] = told.of_patient(child)
	assert (row["full_name"], row["patient"], row["phone"]) == ("خانم کریمی", None, "0912 111 1111")


def test_nobody_is_his_own_relative_and_nobody_is_there_twice(site, person):
	from clinic_core.foundation.errors import ConflictError, InvalidInputError

	one, other = person("One"), person("Other")
	with pytest.raises(InvalidInputError, match="Relative"):
		relate(site, one, "Friend", one)
	relate(site, one, "Sister", other)
	for patient, relative in ((one, other), (other, one)):
		with pytest.raises(ConflictError, match="already"):
			relate(site, patient, "Friend", relative)
	relate(site, one, "Friend", relative_name="Stranger")
	with pytest.raises(ConflictError, match="already"):
		relate(site, one, "Carer", relative_name="Stranger")


@pytest.mark.parametrize(
	("values", "match"),
	[
		({}, "Relative"),
		({"relative_name": "X", "is_emergency_contact": 1}, "Phone"),
		({"relative_name": "X", "phone": "12"}, "Phone"),
	],
)
def test_mistakes_are_named(site, person, values, match):
	from clinic_core.foundation.errors import InvalidInputError

	with pytest.raises(InvalidInputError, match=match):
		relate(site, person("One"), "Friend", **values)


def test_a_merge_that_moves_links_leaves_nobody_doubled(site, person):
	"""Links are moved by SQL; rows that then name one person twice, or oneself, are told once, or not."""
	child, mother, double = person("Child", "Female"), person("Mother", "Female"), person("Double")
	relate(site, child, "Mother", mother)
	relate(site, double, "Mother", mother)
	relate(site, child, "Sister", double)
	table = site.qb.DocType("Clinic Patient Relation")
	for field in ("patient", "relative"):
		site.qb.update(table).set(table[field], child).where(table[field] == double).run()
	assert family(child) == [("Mother", "Mother")]
	assert family(mother) == [("Child", "Daughter")]


def test_a_large_family_takes_no_more_queries(site, person, count_queries):
	from clinic_core.people.family import family as told

	child = person("Child")
	relate(site, child, "Mother", person("A"))
	told.of_patient(child)
	with count_queries() as one:
		told.of_patient(child)
	for number in range(5):
		relate(site, child, "Friend", person(f"F{number}"))
	with count_queries() as many:
		assert len(told.of_patient(child)) == 6
	assert len(one) == len(many) == 2
