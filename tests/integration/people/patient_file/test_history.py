"""Who changed what, in words (D42), and why the source changed (D24, D48)."""

import pytest


@pytest.fixture
def with_versions(site, monkeypatch):
	"""Frappe keeps no versions during tests."""
	monkeypatch.setitem(site.flags, "in_test", False)


def rows(site, doc):
	from clinic_core.people.patient_file import history

	return history.of([doc.name])["rows"]


def changes(site, doc):
	return [(c["label"], c["old"], c["new"]) for row in rows(site, doc) for c in row["changes"]]


def test_old_and_new_values_are_told_in_words(site, register, with_versions):
	doc = register(gender="Female", birth_date="1986-10-04")
	doc.update({"last_name": "داروگر", "gender": "Male", "mobile": "09351112233", "branch": "MAIN"})
	doc.birth_date = "1987-01-02"
	doc.append("addresses", {"city": "Tehran", "is_main": 1})
	doc.save()
	told = changes(site, doc)
	assert ("Last name", "محمدی", "داروگر") in told
	assert ("Gender", "Female", "Male") in told
	assert ("Mobile", "0912 123 4567", "0935 111 2233") in told
	assert ("Addresses", "", "Home · Tehran · Yes") in told
	assert ("Birth date", "1986-10-04", "1987-01-02") in told
	assert not {"Full name", "Name to be corrected"} & {label for label, _old, _new in told}


def test_values_are_told_in_the_readers_language(site, register, with_versions, monkeypatch):
	doc = register(gender="Female")
	doc.gender = "Male"
	doc.save()
	monkeypatch.setattr(site.local, "lang", "fa")
	assert ("جنسیت", "زن", "مرد") in changes(site, doc)


def test_a_link_is_told_by_its_title(site, register, with_versions):
	doc = register()
	doc.referral_source, doc.source_change_reason = "GOOGLE", "Asked again"
	doc.save()
	[row] = rows(site, doc)
	assert (row["kind"], row["reason"]) == ("source", "Asked again")
	assert row["changes"] == [
		{"label": "Referral source", "old": "Friends and family", "new": "Search engine", "type": "Text"}
	]


def test_the_queries_do_not_grow_with_the_changes(site, register, with_versions, count_queries):
	doc = register()

	def spent():
		with count_queries() as queries:
			rows(site, doc)
		return len(queries)

	for number in range(2):
		doc.update({"last_name": f"A{number}", "branch": None if number % 2 else "MAIN"})
		doc.save()
	spent()  # what is asked once a day
	few = spent()
	for number in range(6):
		doc.update({"last_name": f"B{number}", "branch": None if number % 2 else "MAIN"})
		doc.save()
	assert spent() == few


def test_a_source_changes_for_a_reason_only(site, register, refused, user_with):
	doc = register()
	doc.referral_source = "GOOGLE"
	with refused("Why the source changes"):
		doc.save()
	site.set_user(user_with("Clinic Receptionist"))
	doc = site.get_doc("Clinic Patient", doc.name)
	doc.update({"referral_source": "GOOGLE", "source_change_reason": "She told me"})
	doc.save()
	[change] = site.get_all(
		"Clinic Patient Source Change",
		{"patient": doc.name},
		["from_source", "to_source", "reason", "changed_by"],
	)
	assert tuple(change.values()) == ("FRIEND", "GOOGLE", "She told me", site.session.user)
	assert not doc.source_change_reason


def test_a_source_that_was_unknown_needs_no_reason(site, register, settings):
	settings(require_referral_source=0)
	doc = register(referral_source=None)
	doc.referral_source = "GOOGLE"
	doc.save()
	assert site.db.count("Clinic Patient Source Change", {"patient": doc.name, "to_source": "GOOGLE"}) == 1


def test_the_record_is_written_by_the_file_alone_and_never_changed(site, register):
	from clinic_core.foundation.errors import AppendOnlyError, ForbiddenMoveError

	doc = register()
	values = {"doctype": "Clinic Patient Source Change", "patient": doc.name, "to_source": "GOOGLE"}
	with pytest.raises(ForbiddenMoveError):
		site.get_doc(values).insert()
	doc.update({"referral_source": "GOOGLE", "source_change_reason": "She told me"})
	doc.save()
	change = site.get_last_doc("Clinic Patient Source Change", {"patient": doc.name})
	change.reason = "Something else"
	with pytest.raises(AppendOnlyError):
		change.save()
	with pytest.raises(AppendOnlyError):
		change.delete()
