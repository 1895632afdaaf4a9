"""The find box, link boxes, and the tokens of many at once (B19, D05, D17, E210, G15, G19, G20)."""

import pytest


@pytest.fixture
def people(site):
	from clinic_core.people import registration

	def add(first, last, mobile, **more):
		data = {"first_name": first, "last_name": last, "mobile": mobile, "referral_source": "FRIEND", **more}
		return registration.register(data)["name"]

	return {
		"mother": add("زهرا", "شاهینی‌فر", "09121230099", file_no="FB-00042", birth_date="1985-04-01"),
		"child": add("زهرا", "شاهینی‌فر", "09121230099", birth_date="2015-04-01"),
		"wang": add("王小明", "", "09121230098"),
	}


def box(text, limit=10):
	from clinic_core.people.finding import box as finding

	return finding.find(text, limit)


def who(rows):
	return [row["name"] for row in rows["patients"]]


def test_a_shared_phone_shows_the_whole_family(site, people):
	assert {people["mother"], people["child"]} <= set(who(box("0099")))


def test_two_persons_of_one_name_are_told_apart(site, people):
	rows = {row["name"]: row for row in box("شاهینی فر")["patients"]}
	mother, child = rows[people["mother"]], rows[people["child"]]
	assert mother["file_no"] != child["file_no"] and mother["age"] - child["age"] == 30


@pytest.mark.parametrize("text", ["wxm", "wang xiao", "xiaoming", "小明"])
def test_chinese_names(site, people, text):
	assert people["wang"] in who(box(text))


def test_why_it_matched(site, people):
	doc = site.get_doc("Clinic Patient", people["mother"])
	doc.append("phones", {"phone": "02188776655", "kind": "Home", "note": "خانهٔ پدری"})
	doc.save()
	[row] = [row for row in box("6655")["patients"] if row["name"] == people["mother"]]
	assert row["match"] == "mobile" and row["why"]["note"] == "خانهٔ پدری"
	assert [text for text, hit in row["why"]["parts"] if hit] == ["6655"]
	[row] = [row for row in box("شاهيني")["patients"] if row["name"] == people["child"]]
	assert row["why"] is None and ("شاهینی", True) in row["name_parts"]
	[row] = [row for row in box("fb-000")["patients"] if row["name"] == people["mother"]]
	assert row["why"]["kind"] == "file_no"


def test_an_old_file_number_leads_to_the_file_that_is_kept(site, people):
	site.db.set_value(
		"Clinic Patient", people["mother"], {"status": "Merged", "merged_into": people["child"]}
	)
	assert who(box("FB-00042")) == [people["child"]]


def test_without_a_text_the_last_opened(site, people):
	from clinic_core.people.access_log import rules, seen
	from clinic_core.people.finding import api

	seen.write(rules.entries([people["wang"]], "View", "Form"))
	assert api.find("")["patients"][0]["name"] == people["wang"]


def test_the_box_takes_a_constant_number_of_queries(site, people, count_queries):
	from clinic_core.people import registration

	box("شاهینی")
	with count_queries() as few:
		box("شاهینی")
	for number in range(6):
		data = {
			"first_name": f"نام{number}",
			"last_name": "شاهینی",
			"mobile": "09120000000",
			"referral_source": "AD",
		}
		registration.register(data)
	with count_queries() as many:
		assert len(box("شاهینی")["patients"]) >= 8
	assert len(many) == len(few)


def link(site, txt, doctype="Clinic Patient", **more):
	from frappe.desk.search import search_widget

	site.local.response = site._dict()
	search_widget(doctype, txt, page_length=20, **more)
	return site.local.response["values"]


def test_link_boxes_find_in_any_spelling_and_tell_people_apart(site, people):
	rows = {row[0]: row for row in link(site, "شاهيني فر")}
	mother, child = rows[people["mother"]], rows[people["child"]]
	assert mother[1] == child[1] and mother[2] != child[2]
	assert "FB-00042" in mother[2] and "1985" in mother[2] and "0099" in mother[2]
	assert people["wang"] in [row[0] for row in link(site, "wxm")]


def test_link_boxes_keep_filters_and_leave_merged_files_out(site, people):
	site.db.set_value("Clinic Patient", people["child"], {"status": "Merged", "merged_into": people["wang"]})
	assert people["child"] not in [row[0] for row in link(site, "شاهینی")]
	assert link(site, "شاهینی", filters={"status": "Blocked"}) == []
	assert people["mother"] in [row[0] for row in link(site, "")]


def test_practitioners_in_another_spelling(site):
	doc = site.get_doc(
		{
			"doctype": "Clinic Practitioner",
			"code": "ZZ-01",
			"practitioner_name": "دکتر پورقاسمی",
			"kind": "Doctor",
		}
	)
	doc.flags.ignore_mandatory = True
	doc.insert()
	for text in ("پورقاسمي", "pourghasemi", "zz-01"):
		assert doc.name in [row[0] for row in link(site, text, "Clinic Practitioner")], text


def test_contacts_known_by_a_handle_only_are_found_too(site):
	contact = site.get_doc(
		{"doctype": "Clinic Contact", "social_network": "Instagram", "social_handle": "nilo_skincare99"}
	).insert()
	found = box("nilo_skin")["others"]
	assert [(row["doctype"], row["name"]) for row in found] == [("Clinic Contact", contact.name)]
	assert contact.name in [row[0] for row in link(site, "nilo", "Clinic Contact")]


def test_who_may_not_read_contacts_is_not_shown_them(site, user_with):
	site.get_doc({"doctype": "Clinic Contact", "first_name": "شاهدخت", "mobile": "09121239977"}).insert()
	site.set_user(user_with("Clinic Cashier"))
	assert box("شاهدخت")["others"] == []


def test_many_documents_get_their_tokens_at_once(site, people, count_queries):
	from clinic_core.people import search_keys

	def keys():
		rows = site.get_all(
			"Clinic Search Key",
			{"reference_name": ("in", list(people.values()))},
			["reference_name", "kind", "token"],
		)
		return {(row.reference_name, row.kind, row.token) for row in rows}

	before = keys()
	site.db.delete("Clinic Search Key", {"reference_name": ("in", list(people.values()))})
	with count_queries() as queries:
		assert search_keys.refresh_many("Clinic Patient", list(people.values())) == len(before)
	assert keys() == before and len(queries) <= 5
	assert search_keys.refresh_many("Clinic Patient", list(people.values())) == 0


def test_a_rebuild_mends_what_is_wrong_and_goes_on_where_it_stopped(site, people, monkeypatch):
	from clinic_core.people import search_keys, search_rebuild

	monkeypatch.setattr(search_rebuild, "CHUNK", site.db.count("Clinic Patient") // 2 + 1)
	site.db.set_global(search_rebuild.PLACE, "{}")
	site.db.delete("Clinic Search Key", {"reference_name": people["wang"], "kind": "pinyin"})
	calls = []
	many = search_keys.refresh_many

	def counted(doctype, names):
		if doctype == "Clinic Patient" and len(calls) == 1:
			calls.append("stopped")
			raise KeyboardInterrupt
		calls.append(list(names))
		return many(doctype, names)

	monkeypatch.setattr(search_keys, "refresh_many", counted)
	with pytest.raises(KeyboardInterrupt):
		search_rebuild.run()
	search_rebuild.run()
	seen = [name for call in calls if call != "stopped" for name in call]
	assert len(seen) == len(set(seen)), "nothing is done twice"
	assert people["wang"] in who(box("wangxiao"))
	assert search_rebuild.run() == 0
