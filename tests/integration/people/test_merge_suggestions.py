"""Files that may be one person's are suggested by score, and a “no” is remembered (D43, F66)."""

import pytest

PATIENT, SUGGESTION = "Clinic Patient", "Clinic Merge Suggestion"


@pytest.fixture
def register(site):
	from clinic_core.people import registration

	def make(first, last, mobile, **more):
		data = {"first_name": first, "last_name": last, "mobile": mobile, "referral_source": "FRIEND", **more}
		return registration.register(data)["name"]

	return make


@pytest.fixture
def family(register):
	"""A mother registered twice in two spellings, and her twins with her phone."""
	tag = "09127770011"
	return [
		register("زینب", "قره‌داغی", tag),
		register("زينب", "قره داغي", tag),
		register("نادیا", "قره‌داغی", tag, birth_date="2015-05-05"),
		register("آرش", "قره‌داغی", tag, birth_date="2015-05-05"),
	]


def pairs_of(site, patients):
	rows = site.get_all(
		SUGGESTION,
		{"patient": ("in", patients), "other": ("in", patients)},
		["patient", "other", "status", "score", "reasons"],
		order_by="name",
	)
	return {(row.patient, row.other): row for row in rows}


def test_all_files_are_compared_and_only_the_pair_is_suggested(site, family):
	from clinic_core.people.merging import suggestions, verdicts

	suggestions.refresh_all()
	found = pairs_of(site, family)
	assert set(found) == {verdicts.pair(family[0], family[1])}
	[row] = found.values()
	assert row.status == "Open" and row.score >= 70 and "same_phone" in row.reasons
	suggestions.refresh_all()
	assert len(pairs_of(site, family)) == 1


def test_every_night_only_what_changed_is_compared(site, family, register):
	from clinic_core.people.merging import suggestions, verdicts

	suggestions.run_night()
	assert set(pairs_of(site, family)) == {verdicts.pair(*family[:2])}
	late = register("زینب", "قره‌داغی", "09127770011")
	suggestions.run_night()
	assert len(pairs_of(site, [*family, late])) == 3


def test_not_the_same_is_for_good_and_silences_the_warning(site, family):
	from clinic_core.people import duplicates, registration
	from clinic_core.people.merging import api, suggestions

	person = registration.as_person(site.get_doc(PATIENT, family[0]))
	assert family[1] in [row["name"] for row in duplicates.of(person, besides=family[0])]
	api.set_verdict(family[0], family[1], note="sisters in law")
	assert family[1] not in [row["name"] for row in duplicates.of(person, besides=family[0])]
	suggestions.refresh_all()
	[row] = pairs_of(site, family).values()
	assert row.status == "Not the same"


def test_a_no_to_a_merged_file_holds_for_the_kept_one(site, family, register):
	from clinic_core.people import api as people
	from clinic_core.people.merging import api, suggestions, verdicts

	late = register("زینب", "قره‌داغی", "09127770011")
	api.set_verdict(family[1], late)
	people.merge_patients(family[0], family[1])
	suggestions.refresh_all()
	assert verdicts.pair(family[0], late) not in pairs_of(site, [family[0], late])


def test_merging_settles_the_pair_and_undo_opens_it_again(site, family):
	from clinic_core.people import api as people
	from clinic_core.people.merging import suggestions

	suggestions.refresh_all()
	done = people.merge_patients(family[0], family[1])
	[row] = pairs_of(site, family).values()
	assert row.status == "Merged"
	people.undo_merge(done["merge"])
	[row] = pairs_of(site, family).values()
	assert row.status == "Open"


def test_what_is_not_alike_any_more_becomes_stale(site, family):
	from clinic_core.people.merging import suggestions

	suggestions.refresh_all()
	doc = site.get_doc(PATIENT, family[1])
	doc.first_name, doc.last_name = "Hossein", "Zand"
	doc.save()
	suggestions.refresh_all()
	assert [row.status for row in pairs_of(site, family).values()] == ["Stale"]


def test_a_pair_is_kept_once_whatever_its_order(site, family):
	from clinic_core.people.merging import api

	one = api.set_verdict(family[2], family[3], status="Open")
	other = api.set_verdict(family[3], family[2], status="Open")
	assert one == other


def test_states_are_moved_by_the_clinic_alone(site, family):
	from clinic_core.foundation.errors import ForbiddenMoveError
	from clinic_core.people.merging import api

	name = api.set_verdict(family[0], family[1], status="Open")["suggestion"]
	doc = site.get_doc(SUGGESTION, name)
	doc.status = "Merged"
	with pytest.raises(ForbiddenMoveError):
		doc.save()
	with pytest.raises(site.ValidationError):
		site.delete_doc(SUGGESTION, name)
	with pytest.raises(ForbiddenMoveError):
		api.set_verdict(family[0], family[2], status="Stale")


def test_the_list_shows_both_side_by_side_in_constant_queries(site, family, count_queries, register):
	from clinic_core.people.merging import api, suggestions

	suggestions.refresh_all()

	def spent():
		with count_queries() as queries:
			page = api.list_suggestions(page_length=100)
		return page, len(queries)

	spent()
	page, before = spent()
	[row] = [row for row in page["rows"] if {row["patient"], row["other"]} == set(family[:2])]
	assert [person["phones"] for person in row["people"]] == [["0912 777 0011"]] * 2 or row["people"][0][
		"phones"
	]
	assert page["may_merge"] and page["total"] >= 1
	for number in range(5):
		register("کامیار", f"نمونه {number}", f"0912888000{number}")
		register("کامیار", f"نمونه {number}", f"0912888000{number}")
	suggestions.refresh_all()
	assert spent()[1] == before


def test_blocks_that_are_too_large_are_told(site, register):
	from clinic_core.people.merging import pairs

	names = [register("خانواده", f"بزرگ {chr(97 + i)}{i}", "09121119988") for i in range(22)]
	found, too_large = pairs.among(names)
	assert too_large >= 1
	assert len(found) < 22 * 21 / 2
