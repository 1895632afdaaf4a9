"""Finding patients: whatever is typed, one indexed query (D05, D17, B19)."""

import pytest


@pytest.fixture
def people(site):
	from clinic_core.people import registration

	def add(first, last, mobile, **more):
		data = {"first_name": first, "last_name": last, "mobile": mobile, "referral_source": "FRIEND", **more}
		return registration.register(data)["name"]

	return {
		"zahra": add("زهرا", "محمدی‌نژاد", "09121230012", national_code="0013542419", file_no="ZX-00042"),
		"reza": add("علی‌رضا", "پورقاسمی", "09359998877"),
		"sara": add("Sara", "Youseftabar", "09023334455"),
	}


def found(text):
	from clinic_core.people import search

	return [(row["name"], row["match"]) for row in search.find(text)]


@pytest.mark.parametrize(
	("text", "who", "match"),
	[
		("محمدي نژاد", "zahra", "name"),
		("محمدینژاد", "zahra", "name"),
		("نژاد محمدی", None, None),
		("زهرا محمدی", "zahra", "name"),
		("محمدی‌نژاد زه", "zahra", "name"),
		("0012", "zahra", "mobile"),
		("۰۰۱۲", "zahra", "mobile"),
		("0912123", "zahra", "mobile"),
		("+98 912 123 0012", "zahra", "mobile"),
		("00989121230012", "zahra", "mobile"),
		("09121230012", "zahra", "mobile"),
		("0013542419", "zahra", "code"),
		("zx-000", "zahra", "file_no"),
		("zx00042", "zahra", "file_no"),
		("42", "zahra", "file_no"),
		("علیرضا", "reza", "name"),
		("علی رضا", "reza", "name"),
		("pourghasemi", "reza", "similar_name"),
		("Alireza Pourghasemi", "reza", "similar_name"),
		("یوسف تبار", "sara", "similar_name"),
		("SARA you", "sara", "name"),
	],
)
def test_what_is_typed_finds_the_person(site, people, text, who, match):
	hits = found(text)
	if who is None:
		assert not {name for name, _ in hits} & set(people.values())
	else:
		assert (people[who], match) in hits


@pytest.mark.parametrize("text", ["", "   ", "%", "_", "‌", "'; drop table", "\\"])
def test_patterns_and_nonsense_find_nobody(site, people, text):
	assert not {name for name, _ in found(text)} & set(people.values())


def test_a_code_beats_a_name(site, people):
	hits = found("0013542419")
	assert hits[0] == (people["zahra"], "code")


def test_the_beginning_of_a_code_does_not_tell_whose_it_is(site, people):
	assert (people["zahra"], "code") not in found("001354241")


def test_merged_files_are_left_out(site, people):
	doc = site.get_doc("Clinic Patient", people["reza"])
	doc.status, doc.merged_into = "Merged", people["zahra"]
	doc.save()
	assert people["reza"] not in [name for name, _ in found("علیرضا")]


def test_tokens_leave_with_their_document(site, people):
	from clinic_core.people import search_keys

	search_keys.refresh("Clinic Patient", people["reza"])
	assert found("پورقاسمی") == []


def test_saving_again_writes_no_tokens(site, people):
	def keys():
		return site.get_all(
			"Clinic Search Key", {"reference_name": people["reza"]}, pluck="name", order_by="name"
		)

	before = keys()
	site.get_doc("Clinic Patient", people["reza"]).save()
	assert keys() == before


def test_local_form_is_shown(site, people):
	from clinic_core.people import search

	row = next(r for r in search.find("زهرا محمدی") if r["name"] == people["zahra"])
	assert row["mobile"].replace(" ", "") == "09121230012"
	assert row["file_no"] == "ZX-00042"


def test_number_of_queries_does_not_grow_with_what_is_found(site, people, count_queries):
	from clinic_core.people import api, registration

	api.find_patients("محمدی")
	with count_queries() as few:
		api.find_patients("محمدی")
	for i in range(8):
		data = {
			"first_name": f"نام{i}",
			"last_name": "محمدی",
			"mobile": "09120000000",
			"referral_source": "AD",
		}
		registration.register(data)
	with count_queries() as many:
		assert len(api.find_patients("محمدی")) >= 8
	assert len(many) == len(few) <= 4


def test_the_search_uses_its_index(site, people):
	from clinic_core.people import search, tokens

	table, plan = site.qb.DocType("Clinic Search Key"), tokens.plan("علی محمدی")
	for query in (search._whole(table, "Clinic Patient", plan), search._words(table, "Clinic Patient", plan)):
		rows = site.db.sql("explain " + query.get_sql().replace("%", "%%"), as_dict=True)
		assert any(row.key == "clinic_search_typed" for row in rows), rows
		assert all(row.key for row in rows if row.type != "MATERIALIZED"), rows
