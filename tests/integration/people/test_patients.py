"""Patients: what holds at every door (B16–B19, D05, D08, D22–D26)."""

import pytest

CODE = "0013542419"


@pytest.fixture
def register(site):
	from clinic_core.people import registration

	def make(first="سارا", last="محمدی", mobile="09121234567", **more):
		data = {"first_name": first, "last_name": last, "mobile": mobile, "referral_source": "FRIEND", **more}
		return registration.register(data)

	return make


def identity_numbers():
	from clinic_core.people.identity import numbers

	return numbers


def refused(site, match):
	from clinic_core.foundation.errors import InvalidInputError

	return pytest.raises(InvalidInputError, match=match)


def test_a_registration_is_stored_in_plain_form(site, register):
	name = register("سارا", "كريمي", "۰۹۱۲ ۱۲۳ ۴۵۶۷", national_code="۰۰۱۳۵۴۲۴۱۹")["name"]
	doc = site.get_doc("Clinic Patient", name)
	assert doc.full_name == "سارا کریمی"
	assert doc.mobile == "+989121234567"
	assert [(row.phone, row.is_main) for row in doc.phones] == [("+989121234567", 1)]
	assert doc.national_code == "•••••••419"
	assert identity_numbers().number_of(name) == CODE
	assert doc.status == "Active"


def test_file_numbers_follow_each_other_and_skip_a_number_given_by_hand(site, register):
	first = register()["file_no"]
	prefix, number = first.rsplit("-", 1)
	taken = f"{prefix}-{int(number) + 1:06d}"
	assert register("علی", "راد", file_no=taken)["file_no"] == taken
	assert register("مینا", "راد")["file_no"] == f"{prefix}-{int(number) + 2:06d}"


def test_a_paper_archives_number_is_kept_and_given_once(site, register):
	assert register(file_no="۱۲۳/الف")["file_no"] == "123/الف"
	with refused(site, "File number"):
		register("علی", "راد", file_no="123/الف")


def test_families_share_a_phone_but_not_a_national_code(site, register):
	register(national_code=CODE)
	assert register("علی", "راد")["name"]
	with refused(site, "National code"):
		register("علی", "راد", national_code=CODE)


def test_many_patients_without_a_national_code(site, register):
	names = [register("سارا", str(i))["name"] for i in range(2)]
	stored = site.get_all("Clinic Patient", {"name": ("in", names)}, pluck="national_code", order_by="name")
	assert stored == [None, None]


@pytest.mark.parametrize(
	("field", "value", "label"),
	[
		("mobile", "0912", "Mobile"),
		("mobile", "", "Mobile"),
		("national_code", "0013542418", "National code"),
		("birth_date", "2999-01-01", "Birth date"),
		("birth_date", "1860-01-01", "Birth date"),
		("birth_date", "1403/12/31", "Birth date"),
		("birth_date", "2026-02-31", "Birth date"),
		("referral_source", "NO-SUCH", "Referral source"),
		("referral_source", None, "Referral source"),
		("first", " ‌ ", "First name"),
	],
)
def test_what_cannot_be_right_is_refused_by_the_name_of_its_field(site, register, field, value, label):
	with refused(site, label):
		register(**{field: value})


def test_the_referral_source_may_be_optional(site, register):
	site.db.set_single_value("Clinic Settings", "require_referral_source", 0)
	site.clear_document_cache("Clinic Settings", "Clinic Settings")
	assert register(referral_source=None)["name"]


def test_changing_the_mobile_box_replaces_the_main_number(site, register):
	doc = site.get_doc("Clinic Patient", register()["name"])
	doc.append("phones", {"phone": "02188776655", "kind": "Home"})
	doc.save()
	doc.mobile = "09351112233"
	doc.save()
	assert doc.mobile == "+989351112233"
	assert [(r.phone, r.is_main) for r in doc.phones] == [("+989351112233", 1), ("+982188776655", 0)]


def test_ticking_another_number_moves_the_mobile_box(site, register):
	doc = site.get_doc("Clinic Patient", register()["name"])
	doc.phones[0].is_main = 0
	doc.append("phones", {"phone": "09351112233", "is_main": 1})
	doc.save()
	doc.reload()
	assert doc.mobile == "+989351112233"
	assert [r.is_main for r in doc.phones] == [0, 1]


def test_the_same_number_twice_is_one_number(site, register):
	doc = site.get_doc("Clinic Patient", register()["name"])
	doc.append("phones", {"phone": "+98 912 123 4567"})
	doc.save()
	doc.reload()
	assert len(doc.phones) == 1


def test_nobody_deletes_a_patient(site, register):
	from clinic_core.foundation.errors import AppendOnlyError

	name = register()["name"]
	with pytest.raises(AppendOnlyError):
		site.delete_doc("Clinic Patient", name, ignore_permissions=True)
	assert site.db.exists("Clinic Patient", name)


def test_merged_needs_the_file_that_is_kept(site, register):
	doc = site.get_doc("Clinic Patient", register()["name"])
	doc.status = "Merged"
	with refused(site, "Merged into"):
		doc.save()


def test_a_receptionist_may_not_block_a_file(site, register, user_with):
	doc = site.get_doc("Clinic Patient", register()["name"])
	site.set_user(user_with("Clinic Receptionist"))
	doc.status = "Blocked"
	with pytest.raises(site.PermissionError):
		doc.save()


def test_a_supervisor_may_block_a_file(site, register, user_with):
	doc = site.get_doc("Clinic Patient", register()["name"])
	site.set_user(user_with("Clinic Branch Supervisor"))
	doc.update({"status": "Blocked", "block_reason": "The bill is disputed"})
	doc.save()
	assert site.db.get_value("Clinic Patient", doc.name, "status") == "Blocked"


def test_duplicates_are_reported_with_reasons_and_not_refused(site, register):
	first = register("محمد رضا", "كريمي", "09121234567")["name"]
	again = register("محمدرضا", "کریمی", "09121234567")
	assert [(d["name"], d["why"]) for d in again["duplicates"]] == [(first, ["same_name", "same_phone"])]
	assert again["duplicates"][0]["score"] > 90


def test_duplicates_written_in_latin_letters_are_found(site, register):
	first = register("محمد", "داروگر", "09121234567")["name"]
	again = register("Mohammad", "Darugar", "09121234567")
	assert [d["name"] for d in again["duplicates"]] == [first]


def test_the_same_name_is_found_among_many_who_sound_alike(site, register):
	first = register("سارا", "محمدی", "09121234567")["name"]
	columns = ("name", "creation", "modified", "reference_doctype", "reference_name", "kind", "token")
	sound = site.get_all("Clinic Search Key", {"reference_name": first, "kind": "sound"}, pluck="token")
	crowd = [
		(f"crowd-{n}-{token}", *["2026-01-01"] * 2, "Clinic Patient", f"0-{n:03d}", "sound", token)
		for token in sound
		for n in range(120)
	]
	site.db.bulk_insert("Clinic Search Key", columns, crowd)
	again = register("سارا", "محمدی", "09127654321")
	assert [d["name"] for d in again["duplicates"]] == [first]


def test_correcting_a_name_keeps_the_history(site, register, monkeypatch):
	from clinic_core.people import api, search

	name = register("خانم", "فلانی")["name"]
	# Frappe keeps no versions during tests.
	monkeypatch.setitem(site.flags, "in_test", False)
	assert api.correct_name(name, "زهرا", "داروگر") == {"name": name, "full_name": "زهرا داروگر"}
	assert [row["name"] for row in search.find("داروگر")] == [name]
	assert name not in [row["name"] for row in search.find("فلانی")]
	[change] = site.get_all("Version", {"ref_doctype": "Clinic Patient", "docname": name}, pluck="data")
	assert ["full_name", "خانم فلانی", "زهرا داروگر"] in site.parse_json(change)["changed"]
