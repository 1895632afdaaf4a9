"""The patient's file at every door: names, phones, addresses, what a new one needs (B16–B18, E161, E171, G15)."""

import datetime

import pytest


def test_a_birth_date_is_typed_in_either_calendar(site, register):
	for typed in ("۱۳۶۵/۰۷/۱۲", "1365-7-12", "1986-10-04"):
		assert register(birth_date=typed).birth_date == datetime.date(1986, 10, 4)


def test_two_main_phones_are_refused_and_nothing_is_saved(site, register, refused):
	doc = register()
	doc.append("phones", {"phone": "09351112233", "is_main": 1})
	with refused("both marked as the main number"):
		doc.save()
	assert site.db.count("Clinic Patient Phone", {"parent": doc.name}) == 1


def test_a_phone_of_another_country_is_kept_and_one_of_none_refused(site, register, refused):
	from clinic_core.people import phones

	doc = register(mobile="+90 532 123 45 67")
	assert doc.mobile == "+905321234567"
	assert phones.local(doc.mobile) == "+90 532 123 45 67"
	doc.append("phones", {"phone": "+999 12345"})
	with refused("Phones, row 2"):
		doc.save()


def test_the_main_address_is_shown_in_short(site, register, refused):
	doc = register(city="Tehran", address="Valiasr 1")
	assert [(row.city, row.address, row.is_main) for row in doc.addresses] == [("Tehran", "Valiasr 1", 1)]
	doc.append("addresses", {"kind": "Work", "city": "Karaj", "address": "2", "postal_code": "۱۲۳۴۵ ۶۷۸۹۰"})
	doc.addresses[0].is_main, doc.addresses[1].is_main = 0, 1
	doc.save()
	assert (doc.city, doc.address, doc.addresses[1].postal_code) == ("Karaj", "2", "1234567890")
	doc.addresses[0].is_main = 1
	with refused("Addresses"):
		doc.save()


@pytest.mark.parametrize(
	("order", "own", "full"),
	[
		("Given name first", None, "Ayşe Yılmaz"),
		("Surname first", None, "Yılmaz Ayşe"),
		("Surname first", "Given name first", "Ayşe Yılmaz"),
		("Given name first", "Surname first", "Yılmaz Ayşe"),
	],
)
def test_names_stand_in_the_order_of_the_clinic_or_the_person(site, register, settings, order, own, full):
	settings(name_order=order)
	doc = register("Ayşe", "Yılmaz", name_order=own)
	assert doc.full_name == full


@pytest.mark.parametrize("typed", ["Yılmaz Ayşe", "Ayşe Yılmaz", "yilm", "ayse"])
def test_a_name_is_found_in_either_order(site, register, settings, typed):
	from clinic_core.people import search

	settings(name_order="Surname first")
	doc = register("Ayşe", "Yılmaz")
	assert doc.name in [row["name"] for row in search.find(typed, 50)]


def test_a_new_order_is_written_through(site, register, settings):
	from clinic_core.people.patient_file import jobs

	doc = register("小明", "王")
	settings(name_order="Surname first")
	jobs.rewrite_names()
	assert site.db.get_value("Clinic Patient", doc.name, "full_name") == "王小明"


def test_a_stand_in_is_marked_until_it_is_corrected(site, register):
	doc = register("خانم", "ناشناس")
	assert doc.name_is_placeholder
	doc.update({"first_name": "زهرا", "last_name": "داروگر"})
	doc.save()
	assert not doc.name_is_placeholder


def test_a_company_has_a_contact_person_and_no_surname(site, register, settings):
	settings(require_gender=1, require_birth_date=1, require_last_name=1)
	doc = register("Pars Company", "Ltd", person_kind="Company", contact_person="  علي  راد ")
	assert (doc.full_name, doc.last_name, doc.contact_person) == ("Pars Company", "", "علی راد")


FIELDS = {
	"last_name": "Last name",
	"gender": "Gender",
	"birth_date": "Birth date",
	"marital_status": "Marital status",
	"occupation": "Occupation",
	"workplace": "Workplace",
	"address": "Address",
	"consultant": "Consultant",
}


@pytest.mark.parametrize("field", FIELDS)
def test_what_the_clinic_asks_of_new_files_old_ones_may_lack(site, register, settings, refused, field):
	old = register(last=None if field == "last_name" else "محمدی")
	settings(**{f"require_{field}": 1})
	with refused(FIELDS[field]):
		register(last="" if field == "last_name" else "محمدی")
	old.occupation = old.occupation or None
	old.note = "still savable"
	old.save()


def test_what_was_asked_for_is_not_taken_out_again(site, register, settings, refused):
	settings(require_occupation=1)
	doc = register(occupation="Teacher")
	doc.occupation = ""
	with refused("Occupation"):
		doc.save()


def test_a_source_that_is_not_in_use_is_refused(site, register, refused):
	site.get_doc(
		{"doctype": "Clinic Referral Source", "code": "OLD", "title": "Old", "is_active": 0}
	).insert()
	with refused("Referral source"):
		register(referral_source="OLD")


def test_nobody_refers_himself(site, register, refused):
	doc = register()
	doc.referred_by = doc.name
	with refused("Referred by patient"):
		doc.save()


def test_how_they_learned_of_us_has_many_rows_each_once(site, register, refused):
	doc = register()
	for source in ("INSTAGRAM", "GOOGLE"):
		doc.append("heard_from", {"referral_source": source, "heard_on": "2026-01-02"})
	doc.save()
	assert len(doc.heard_from) == 2
	doc.append("heard_from", {"referral_source": "GOOGLE", "heard_on": "2026-01-02"})
	with refused("How they learned of us, row 3"):
		doc.save()


def test_hearing_of_us_is_never_in_the_future(site, register, refused):
	doc = register()
	doc.append("heard_from", {"referral_source": "GOOGLE", "heard_on": "2999-01-02"})
	with refused("future"):
		doc.save()


@pytest.fixture
def question(site):
	def make(kind, options=None):
		values = {"question": f"A question of {kind}?", "kind": kind, "options": options}
		return site.get_doc({"doctype": "Clinic Patient Question", **values}).insert().name

	return make


def test_questions_of_the_clinic_are_answered_by_their_kind(site, register, question, refused):
	doc = register()
	skin = question("Choice", "Dry\nOily\nDry")
	doc.append("answers", {"question": skin, "answer": "Dry"})
	doc.append("answers", {"question": question("Date"), "answer": "۱۳۶۵/۰۷/۱۲"})
	doc.append("answers", {"question": question("Text"), "answer": "  "})
	doc.save()
	assert [row.answer for row in doc.answers] == ["Dry", "1986-10-04"]
	doc.answers[0].answer = "Green"
	with refused("A question of Choice"):
		doc.save()


def test_a_choice_needs_two_answers_to_choose_from(site, question, refused):
	with refused("Choices"):
		question("Choice", "Only one")
