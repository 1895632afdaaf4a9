"""Who saw what of patients (F82, N3): written once, read by whom it concerns."""

import datetime

import pytest


@pytest.fixture
def people(site):
	from clinic_core.people import registration

	def add(first, mobile):
		data = {"first_name": first, "last_name": "محمدی", "mobile": mobile, "referral_source": "FRIEND"}
		return registration.register(data)["name"]

	return [add("زهرا", "09121230012"), add("سارا", "09121230013"), add("رضا", "09121230014")]


@pytest.fixture
def look(site):
	"""`look(patients, what, user)`: what a request of that user would write."""
	from clinic_core.people.access_log import rules, seen

	def one(patients, what="View", user=None, through="Form", **more):
		if user:
			site.set_user(user)
		seen.write(rules.unlike(rules.entries(patients, what, through, **more)))
		site.set_user("Administrator")

	return one


def rows(site, **filters):
	fields = ["user", "role", "patient", "what", "through", "row_count", "details"]
	return site.get_all("Clinic Access Log", filters, fields, order_by="creation asc")


def test_a_look_is_kept_with_who_and_how(site, people, look, user_with):
	user = user_with("Clinic Receptionist")
	look(people[:1], user=user, doctype="Clinic Patient", document=people[0])
	[row] = rows(site, patient=people[0])
	assert (row.user, row.role, row.what, row.through) == (user, "Clinic Receptionist", "View", "Form")


def test_within_five_minutes_a_look_is_one_row(site, people, look, user_with):
	one, other = user_with("Clinic Receptionist"), user_with("Clinic Cashier")
	for through in ("Form", "Card", "Statement"):
		look(people[:1], user=one, through=through)
	look(people[:1], user=other)
	look(people[:1], "Print", user=one)
	assert [(row.user, row.what) for row in rows(site, patient=people[0])] == [
		(one, "View"),
		(other, "View"),
		(one, "Print"),
	]
	old = datetime.timedelta(minutes=6)
	table = site.qb.DocType("Clinic Access Log")
	site.qb.update(table).set(table.at, site.utils.now_datetime() - old).set(table.slot, 1).run()
	look(people[:1], user=one)
	assert len(rows(site, patient=people[0], user=one, what="View")) == 2


def test_two_requests_at_once_write_one_row(site, people, look, monkeypatch):
	"""The second did not see the row of the first: the unique key is the last word."""
	from clinic_core.people.access_log import seen

	look(people[:1])
	monkeypatch.setattr(seen, "_fresh", lambda found, user, now: found)
	look(people[:1])
	assert len(rows(site, patient=people[0])) == 1


def test_many_patients_take_two_statements(site, people, look, count_queries):
	with count_queries() as one:
		look(people[:1])
	site.db.delete("Clinic Access Log", {"patient": ("in", people)})
	with count_queries() as three:
		look(people)
	assert len(three) == len(one) <= 2
	assert len(rows(site, patient=("in", people))) == 3


def test_nobody_changes_or_deletes_the_log(site, people, look):
	from clinic_core.foundation.errors import AppendOnlyError

	look(people[:1])
	doc = site.get_last_doc("Clinic Access Log", {"patient": people[0]})
	doc.what = "Search"
	with pytest.raises(AppendOnlyError):
		doc.save()
	with pytest.raises(AppendOnlyError):
		site.delete_doc("Clinic Access Log", doc.name)


def test_a_failed_insert_is_reported_and_hurts_nobody(site, people, monkeypatch):
	from clinic_core.people.access_log import after_request, seen

	class Answer:
		status_code = 200

	class Request:
		path, method = "/api/resource/Clinic Patient/" + people[0], "GET"

	def broken(found):
		raise RuntimeError("no room")

	monkeypatch.setattr(seen, "write", broken)
	monkeypatch.setattr(site.local, "request", Request(), raising=False)
	monkeypatch.setattr(site.local, "form_dict", site._dict())
	after_request.write(response=Answer(), request=Request())
	assert "no room" in site.get_last_doc("Error Log").error


@pytest.mark.parametrize("status", [403, 404, 500])
def test_what_was_refused_was_not_seen(site, people, monkeypatch, status):
	from clinic_core.people.access_log import after_request

	class Answer:
		status_code = status

	class Request:
		path, method = "/api/resource/Clinic Patient/" + people[0], "GET"

	monkeypatch.setattr(site.local, "request", Request(), raising=False)
	monkeypatch.setattr(site.local, "form_dict", site._dict())
	after_request.write(response=Answer(), request=Request())
	assert rows(site, patient=people[0]) == []


def test_documents_of_a_patient_are_found_from_the_meta(site, people):
	from clinic_core.people.access_log import patients_of

	todo = site.get_doc(
		{
			"doctype": "ToDo",
			"description": "call",
			"reference_type": "Clinic Patient",
			"reference_name": people[1],
		}
	).insert()
	assert patients_of.documents("ToDo", [todo.name]) == [people[1]]
	assert patients_of.documents("Clinic Patient", [people[0], "nobody"]) == [people[0]]
	assert patients_of.documents("Clinic Service", ["VISIT-SKIN"]) == []
	assert patients_of.documents("No Such DocType", ["x"]) == []


def test_a_patient_reads_who_opened_the_file(site, people, look, user_with):
	from clinic_core.people.access_log import for_patient

	users = [user_with(role) for role in ("Clinic Receptionist", "Clinic Practitioner", "Clinic Cashier")]
	for user in users:
		look(people[:1], user=user, details="internal")
	look(people[:1], "Search", user=users[0])
	lines = for_patient.opened(people[0])
	assert {line["who"] for line in lines} == {"Clinic Receptionist", "Clinic Practitioner", "Clinic Cashier"}
	assert {line["what"] for line in lines} == {"View"} and len(lines) == 3
	assert set(lines[0]) == {"day", "who", "what", "times"}
	assert lines[0]["day"] == str(site.utils.getdate())


@pytest.mark.parametrize(("shows", "who"), [("Name", "Test"), ("Name and role", "Test (Clinic Cashier)")])
def test_the_clinic_chooses_how_its_people_are_named(site, people, look, user_with, shows, who):
	from clinic_core.people.access_log import for_patient

	site.db.set_single_value("Clinic Settings", "access_log_names", shows)
	site.clear_document_cache("Clinic Settings", "Clinic Settings")
	user = user_with("Clinic Cashier")
	site.db.set_value("User", user, "full_name", "Test")
	look(people[:1], user=user)
	assert [line["who"] for line in for_patient.opened(people[0])] == [who]


def test_views_of_a_merged_file_belong_to_the_kept_one(site, people, look, user_with):
	from clinic_core.people.access_log import for_patient, for_staff

	look([people[1]], user=user_with("Clinic Cashier"))
	site.db.set_value("Clinic Patient", people[1], {"status": "Merged", "merged_into": people[0]})
	assert len(for_patient.opened(people[0])) == 1
	assert len(for_staff.views(people[0], 0, 20)["rows"]) == 1


def test_old_rows_are_forgotten_when_their_days_are_over(site, people, look):
	from clinic_core.people.access_log import retention

	look(people)
	table = site.qb.DocType("Clinic Access Log")
	old = site.utils.add_days(site.utils.now_datetime(), -400)
	site.qb.update(table).set(table.at, old).where(table.patient == people[0]).run()
	site.db.set_single_value("Clinic Settings", "access_log_days", 365)
	site.clear_document_cache("Clinic Settings", "Clinic Settings")
	retention.run_night()
	assert {row.patient for row in rows(site, patient=("in", people))} == set(people[1:])


def test_zero_days_keep_everything(site, people, look):
	from clinic_core.people.access_log import retention

	look(people)
	table = site.qb.DocType("Clinic Access Log")
	site.qb.update(table).set(table.at, "2001-01-01").where(table.patient == people[0]).run()
	site.db.set_single_value("Clinic Settings", "access_log_days", 0)
	site.clear_document_cache("Clinic Settings", "Clinic Settings")
	retention.run_night()
	assert len(rows(site, patient=("in", people))) == 3


def test_only_who_may_read_the_log_sees_who_saw(site, people, user_with):
	from clinic_core.people.access_log import api

	site.set_user(user_with("Clinic Receptionist"))
	with pytest.raises(site.PermissionError):
		api.who_saw(people[0])
