"""Tags by hand and by rule (D46): who fits is asked in SQL, what a hand gave stays, runs are repeatable."""

import random

import pytest

RULE = "Clinic Tag Rule"


@pytest.fixture
def patient(site):
	from clinic_core.people import registration

	def make(first="Tag", **more):
		data = {
			"first_name": first,
			"mobile": f"0912{random.randrange(10**7):07d}",
			"referral_source": "FRIEND",
			**more,
		}
		return registration.register(data)["name"]

	return make


@pytest.fixture
def tag(site):
	def make(kind="Smart", title=None):
		title = title or f"Tag {site.generate_hash(length=6)}"
		return site.get_doc({"doctype": "Clinic Tag", "title": title, "kind": kind}).insert().name

	return make


def rule(site, tag, *conditions, match="All", **more):
	doc = site.get_doc({"doctype": RULE, "title": "Rule", "tag": tag, "match": match, **more})
	for measure, operator, value, *narrow in conditions:
		row = {"measure": measure, "operator": operator, "value": value}
		doc.append("conditions", {**row, **(narrow[0] if narrow else {})})
	return doc.insert()


def holders(site, tag):
	rows = site.get_all(
		"Clinic Patient Tag", {"tag": tag}, ["parent", "given"], order_by="parent asc", as_list=True
	)
	return {parent: given for parent, given in rows}


def run(name):
	from clinic_core.people.tags import recompute

	return recompute.run(name)


def aged(site, years):
	return site.utils.add_days(site.utils.getdate(), -int(years * 365.25) - 3)


def test_a_rule_gives_and_takes_and_says_so_before(site, patient, tag):
	from clinic_core.people.tags import api

	young, old = patient(birth_date=aged(site, 20)), patient(birth_date=aged(site, 90))
	name = tag()
	made = rule(site, name, ("age", ">=", "۸۹"))
	seen = api.preview_rule(made.name)
	assert old in [row["patient"] for row in seen["first_gains"]] or seen["gains"] > 20
	assert holders(site, name) == {}
	assert run(made.name) == "Done"
	given = holders(site, name)
	assert given[old] == "By Rule" and young not in given
	assert len(given) == seen["gains"] == site.db.get_value(RULE, made.name, "patient_count")

	site.db.set_value("Clinic Patient", old, "birth_date", aged(site, 30))
	seen = api.preview_rule(made.name)
	assert (seen["loses"], [row["patient"] for row in seen["first_loses"]]) == (1, [old])
	run(made.name)
	assert old not in holders(site, name)


def test_a_second_run_changes_nothing(site, patient, tag):
	patient(birth_date=aged(site, 95))
	name = tag()
	made = rule(site, name, ("age", ">", "90"))
	run(made.name)
	rows = site.get_all("Clinic Patient Tag", {"tag": name}, pluck="name", order_by="name asc")
	assert rows
	run(made.name)
	assert site.get_all("Clinic Patient Tag", {"tag": name}, pluck="name", order_by="name asc") == rows


def test_a_tag_given_by_hand_is_never_taken_by_a_rule(site, patient, tag):
	from clinic_core.people.tags import hand

	somebody, name = patient(birth_date=aged(site, 20)), tag()
	hand.set_tags(somebody, add=[name])
	made = rule(site, name, ("age", ">", "90"))
	run(made.name)
	assert holders(site, name)[somebody] == "By Hand"
	site.db.set_value("Clinic Patient", somebody, "birth_date", aged(site, 95))
	run(made.name)
	assert site.db.count("Clinic Patient Tag", {"tag": name, "parent": somebody}) == 1


def test_what_a_rule_gave_cannot_be_taken_by_hand_nor_by_an_old_form(site, patient, tag):
	from clinic_core.foundation.errors import InvalidInputError
	from clinic_core.people.tags import hand

	old, name = patient(birth_date=aged(site, 95)), tag()
	form = site.get_doc("Clinic Patient", old)
	run(rule(site, name, ("age", ">", "90")).name)
	with pytest.raises(InvalidInputError, match="rule"):
		hand.set_tags(old, remove=[name])
	form.city = "Tehran"
	form.save()
	assert holders(site, name)[old] == "By Rule"
	stale = site.get_doc("Clinic Patient", old)
	site.db.delete("Clinic Patient Tag", {"parent": old})
	stale.save()
	assert old not in holders(site, name)


def test_tags_by_hand_are_given_once_with_name_and_time(site, patient, tag, user_with):
	from clinic_core.people.tags import api

	somebody, name, other = patient(), tag("Manual"), tag("Manual")
	user = user_with("Clinic Receptionist")
	site.set_user(user)
	api.set_tags(somebody, add=[name])
	chips = api.set_tags(somebody, add=[name, other])
	assert {chip["tag"] for chip in chips} == {name, other}
	row = site.get_doc("Clinic Patient", somebody).tags[0]
	assert (row.given, row.added_by) == ("By Hand", user) and row.added_on
	assert api.set_tags(somebody, remove=[name, other]) == []


def test_a_row_cannot_claim_to_be_of_a_rule(site, patient, tag):
	doc = site.get_doc("Clinic Patient", patient())
	doc.append("tags", {"tag": tag(), "given": "By Rule"})
	doc.append("tags", {"tag": doc.tags[0].tag})
	doc.save()
	assert [row.given for row in doc.tags] == ["By Hand"]


@pytest.mark.parametrize(
	("condition", "match"),
	[
		(("nonsense", ">=", "1"), "nothing is known here as “nonsense”"),
		(("age", "Is", "1"), "is compared by one of"),
		(("age", ">=", "old"), "“old” is not a number"),
		(("age", ">=", ""), "needs a value"),
		(("gender", "Is", "Blue"), "no choice"),
		(("branch", "Is", "NOWHERE"), "no choice"),
		(("age", ">=", "1", {"service": "VISIT"}), "cannot be narrowed"),
		(("visit_count", ">=", "1", {"days": -1}), "days"),
	],
)
def test_a_rule_that_names_what_is_missing_is_refused_by_row(site, tag, condition, match):
	from clinic_core.foundation.errors import InvalidInputError
	from clinic_core.people.tags import api

	with pytest.raises(
		(InvalidInputError, site.LinkValidationError), match=match if len(condition) < 4 else None
	):
		rule(site, tag(), condition)
	measure, operator, value, *narrow = condition
	row = {"measure": measure, "operator": operator, "value": value, **(narrow[0] if narrow else {})}
	with pytest.raises(InvalidInputError, match=match):
		api.preview_rule({"tag": "T", "match": "All", "conditions": [row]})


def test_one_rule_for_a_tag_and_only_for_smart_ones(site, tag):
	from clinic_core.foundation.errors import InvalidInputError

	name = tag()
	rule(site, name, ("age", ">", "90"))
	with pytest.raises(InvalidInputError, match="gives it already"):
		rule(site, name, ("age", ">", "80"))
	with pytest.raises(InvalidInputError, match="smart tag"):
		rule(site, tag("Manual"), ("age", ">", "80"))
	doc = site.get_doc("Clinic Tag", name)
	doc.kind = "Manual"
	with pytest.raises(InvalidInputError, match="Kind"):
		doc.save()


def test_a_rule_that_became_invalid_is_reported_and_left_out(site, patient, tag):
	from clinic_core.people.tags import jobs

	old = patient(birth_date=aged(site, 95))
	name, good = tag(), tag()
	broken = rule(site, name, ("age", ">", "90"))
	rule(site, good, ("age", ">", "90"))
	run(broken.name)
	site.db.set_value("Clinic Tag Condition", {"parent": broken.name}, "measure", "gone")
	jobs.run_night()
	row = site.db.get_value(RULE, broken.name, ["status", "problem"], as_dict=True)
	assert row.status == "Invalid" and "gone" in row.problem
	assert holders(site, name)[old] == "By Rule"
	assert old in holders(site, good)
	assert site.db.exists("Error Log", {"error": ("like", "%gone%")})


def test_a_killed_run_goes_on_where_it_was(site, patient, tag, monkeypatch):
	from clinic_core.people.tags import recompute

	monkeypatch.setattr(recompute, "CHUNK", 2)
	known = sorted(patient(birth_date=aged(site, 95)) for _ in range(5))
	name = tag()
	made = rule(site, name, ("age", ">", "90"))
	recompute._begin(made.name, from_start=True)
	assert recompute._next_chunk(made.name)
	cursor = site.db.get_value(RULE, made.name, "cursor")
	calls = []
	chunk = recompute._next_chunk
	monkeypatch.setattr(recompute, "_next_chunk", lambda n: calls.append(1) or chunk(n))
	assert recompute.run(made.name, from_start=False) == "Done"
	left = site.db.count("Clinic Patient", {"name": (">", cursor)})
	assert len(calls) == -(-left // 2) + 1
	assert set(known) <= set(holders(site, name))


def test_what_rules_gave_goes_with_the_rule(site, patient, tag):
	from clinic_core.people.tags import jobs

	old, name = patient(birth_date=aged(site, 95)), tag()
	made = rule(site, name, ("age", ">", "90"))
	run(made.name)
	assert old in holders(site, name)
	made.reload()
	made.is_active = 0
	made.save()
	jobs.run_night()
	assert holders(site, name) == {}


def test_files_that_were_merged_count_for_the_one_that_is_kept(site, patient, tag):
	kept, gone = patient(), patient()
	service = site.db.get_value("Clinic Service", {}, "name")
	practitioner = site.db.get_value("Clinic Practitioner", {}, "name")
	for who in (kept, gone):
		doc = site.get_doc(
			{
				"doctype": "Clinic Appointment",
				"patient": who,
				"service": service,
				"practitioner": practitioner,
				"status": "No Show",
				"start": "2025-01-01 10:00:00",
			}
		)
		doc.set_new_name()
		doc.db_insert()
	site.db.set_value("Clinic Patient", gone, {"status": "Merged", "merged_into": kept})
	name = tag()
	run(rule(site, name, ("no_show_count", ">=", "2")).name)
	given = holders(site, name)
	assert kept in given and gone not in given


def test_every_measure_of_every_app_answers(site, patient, tag):
	from clinic_core.people.tags import measures
	from clinic_core.people.tags.rules import Column

	patient(birth_date="1990-03-21", gender="Female")
	asked = measures.Asked("", "zzzz", also=("x",))
	registry = measures.registry()
	assert {"spend", "debt", "visit_count", "age", "unused_sessions", "birthday_month"} <= set(registry)
	for measure in registry.values():
		for column in (
			Column(measure.name),
			Column(measure.name, 30, "S", "D"),
		):
			values, _default = measures.read(column, measure, asked, {})
			assert isinstance(values, dict), measure.name
		assert measure.label()


def test_a_chunk_takes_the_same_queries_whatever_its_size(site, patient, tag, count_queries, monkeypatch):
	from clinic_core.people.tags import recompute

	for _ in range(6):
		patient(birth_date=aged(site, 95))
	made = rule(
		site, tag(), ("age", ">", "90"), ("visit_count", ">=", "0"), ("spend", ">=", "0"), match="Any"
	)

	def queries_of(chunk):
		monkeypatch.setattr(recompute, "CHUNK", chunk)
		recompute._begin(made.name, True)
		with count_queries() as queries:
			recompute._next_chunk(made.name)
		return len(queries)

	queries_of(2)
	assert queries_of(3) == queries_of(500)
