"""Quick entry, correcting in place, telling apart (B17, D08, D22, G20)."""

import pytest


@pytest.fixture
def receptionist(site, user_with):
	site.set_user(user_with("Clinic Receptionist"))


def ask(**typed):
	from clinic_core.people import api

	return api.possible_duplicates(**typed)


def test_who_it_may_be_is_said_while_typing(site, register, receptionist):
	known = register(gender="Female", birth_date="1986-10-04")
	[row] = ask(first_name="سارا", last_name="محمدي", mobile="۰۹۱۲۱۲۳۴۵۶۷")
	assert (row["name"], row["file_no"], row["gender"]) == (known.name, known.file_no, "Female")
	assert row["age"] >= 39
	assert row["reasons"] == ["Same name", "Same phone"]
	assert row["last_visit_on"] is None


@pytest.mark.parametrize(
	"typed",
	[
		{},
		{"first_name": "سارا"},
		{"mobile": "0912"},
		{"first_name": "سارا", "mobile": "soon", "birth_date": "1365/", "national_code": "12"},
	],
)
def test_half_a_word_asks_nothing(site, register, count_queries, typed):
	register()
	with count_queries() as queries:
		assert ask(**typed) == []
	assert queries == []


def test_a_shared_phone_alone_is_named_as_such(site, register):
	doc = register()
	[row] = [r for r in ask(mobile="09121234567", first_name="علی", last_name="راد") if r["name"] == doc.name]
	assert row["reasons"] == ["Same phone"]


def test_a_file_is_no_duplicate_of_itself(site, register):
	doc = register()
	typed = {"first_name": "سارا", "last_name": "محمدی", "mobile": "09121234567"}
	assert ask(**typed, patient=doc.name) == []


def test_the_queries_do_not_grow_with_those_who_look_alike(site, register, count_queries):
	typed = {"first_name": "سارا", "last_name": "محمدی", "mobile": "09121234567"}

	def spent():
		with count_queries() as queries:
			rows = ask(**typed)
		return len(rows), len(queries)

	register()
	assert spent() == (1, 5)
	for number in range(6):
		register(file_no=f"X-{number}")
	assert spent() == (5, 5)


def test_who_may_not_register_is_not_asked(site, user_with):
	site.set_user(user_with("Clinic Cashier"))
	with pytest.raises(site.PermissionError):
		ask(first_name="سارا", last_name="محمدی")


def test_further_fields_travel_with_the_registration(site, receptionist):
	from clinic_core.people import api

	made = api.register_patient(
		first_name="سارا",
		last_name="محمدی",
		mobile="09121234567",
		referral_source="FRIEND",
		birth_date="۱۳۶۵/۰۷/۱۲",
		more='{"occupation": "Teacher", "city": "Tehran", "address": "Valiasr"}',
	)
	doc = site.get_doc("Clinic Patient", made["name"])
	assert (doc.occupation, doc.addresses[0].city, str(doc.birth_date)) == ("Teacher", "Tehran", "1986-10-04")


@pytest.mark.parametrize("more", ['{"status": "Blocked"}', '{"branch": "MAIN"}', '{"owner": "x"}'])
def test_nothing_else_travels_with_it(site, receptionist, refused, more):
	from clinic_core.people import api

	with refused("Further fields"):
		api.register_patient(first_name="سارا", mobile="09121234567", referral_source="FRIEND", more=more)


def correct(patient, **values):
	from clinic_core.people.patient_file import api

	return api.correct_person(patient, **values)


def test_what_is_given_is_corrected_and_the_rest_stays(site, register, receptionist):
	doc = register("خانم", "ناشناس", gender="Female")
	answer = correct(doc.name, first_name="زهرا", last_name="داروگر", birth_date="1365/07/12")
	assert (answer["full_name"], answer["gender"], answer["birth_date"]) == (
		"زهرا داروگر",
		"Female",
		"1986-10-04",
	)
	assert answer["mobile"] == "0912 123 4567"
	assert correct(doc.name, gender="")["gender"] == ""


@pytest.mark.parametrize(
	("values", "label"),
	[
		({"first_name": " "}, "First name"),
		({"mobile": "0912"}, "Mobile"),
		({"birth_date": "1403/12/31"}, "Birth date"),
		({"birth_date": "2999-01-01"}, "Birth date"),
	],
)
def test_a_wrong_correction_names_its_field_and_changes_nothing(site, register, refused, values, label):
	doc = register()
	with refused(label):
		correct(doc.name, **{"last_name": "داروگر", **values})
	assert site.db.get_value("Clinic Patient", doc.name, "last_name") == "محمدی"


def test_who_may_only_read_corrects_nothing(site, register, user_with):
	doc = register()
	site.set_user(user_with("Clinic Practitioner"))
	with pytest.raises(site.PermissionError):
		correct(doc.name, first_name="X")


def test_a_corrected_name_is_the_name_of_his_appointments(site, register):
	doc = register("خانم", "ناشناس")
	appointment = site.get_doc(
		{
			"doctype": "Clinic Appointment",
			"name": "correct-me",
			"patient": doc.name,
			"patient_name": doc.full_name,
			"status": "Booked",
			"start": "2026-01-02 10:00:00",
			"end": "2026-01-02 10:30:00",
		}
	)
	appointment.db_insert()
	correct(doc.name, first_name="زهرا", last_name="داروگر")
	assert site.db.get_value("Clinic Appointment", "correct-me", "patient_name") == "زهرا داروگر"


def test_two_of_one_name_are_told_apart_in_lists(site, register, count_queries):
	from clinic_core.people.patient_file import api

	one, other = register(birth_date="1986-10-04"), register(mobile="09351112233")
	with count_queries() as queries:
		marks = api.list_marks([one.name, other.name, "nobody"])
	assert len(queries) == 1
	assert set(marks) == {one.name, other.name}
	assert marks[one.name]["phone_tail"] == "4567"
	assert marks[other.name] == {
		"file_no": other.file_no,
		"age": None,
		"phone_tail": "2233",
		"is_returning": 0,
		"name_is_placeholder": 0,
	}


def test_who_may_not_see_a_birth_date_corrects_the_name_and_leaves_it(site, register, user_with):
	from clinic_core.people.patient_file import api

	doc = register(birth_date="1986-10-04")
	site.set_user(user_with("Clinic Call Agent"))
	assert api.correctable(doc.name)["birth_date"] == ""
	assert correct(doc.name, last_name="داروگر")["birth_date"] == ""
	assert str(site.db.get_value("Clinic Patient", doc.name, "birth_date")) == "1986-10-04"
