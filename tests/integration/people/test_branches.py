"""Branches and own patients: the same answer in lists, documents, the find box and our own endpoints (F83, F87, E149)."""

import datetime

import pytest

from tests.integration.scheduling.conftest import build_world, make
from tests.source_map import doctypes


@pytest.fixture
def world(site):
	return build_world(site, "V")


@pytest.fixture
def limited(site, world, staff):
	"""`limited("is_receptionist")`: somebody who works in the first branch only, at the keyboard."""

	def become(*roles, **fields):
		doc = staff(
			**{"is_receptionist": 0, **dict.fromkeys(roles, 1)}, branches=[{"branch": world.branch}], **fields
		)
		site.set_user(doc.user)
		return doc

	return become


@pytest.fixture
def there(site, world):
	"""A practitioner of the other branch, with an appointment there."""
	from clinic_core.scheduling import booking

	name = make(
		site,
		"Clinic Practitioner",
		practitioner_name="Dr There",
		services=[{"service": world.visit}, {"service": world.course}],
	).name
	weekday = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
	shifts = [
		{"weekday": day, "start": "08:00:00", "end": "12:00:00", "branch": world.other_branch}
		for day in weekday
	]
	make(site, "Clinic Schedule", practitioner=name, valid_from="2020-01-01", shifts=shifts)
	appointment = booking.book(world.second, world.visit, name, world.at("09:00"))
	return name, appointment.name


def patient(site, **values):
	return make(site, "Clinic Patient", first_name="Zarrin", referral_source="WALKIN", **values)


def forget(site):
	from clinic_core.people import own_patients

	own_patients.forget()
	site.clear_cache(user=site.session.user)


def test_slots_are_of_ones_own_branches(site, world, there, limited):
	from clinic_core.scheduling import api

	limited("is_receptionist")
	day = str(world.day)
	assert {row["branch"] for row in api.find_slots(world.visit, day, day)} == {world.branch}
	with pytest.raises(site.PermissionError):
		api.find_slots(world.visit, day, day, branch=world.other_branch)


def test_the_day_and_the_calendar(site, world, there, limited):
	from clinic_core.scheduling import api, booking

	here = booking.book(world.patient, world.visit, world.doctor, world.at("09:00")).name
	limited("is_receptionist")
	assert [row["appointment"] for row in api.day(str(world.day))] == [here]
	begin, end = world.at("00:00"), world.at("23:55")
	assert [row["name"] for row in api.calendar_events(begin, end)] == [here]


def test_booking_in_another_branch(site, world, there, limited):
	from clinic_core.scheduling import api

	practitioner, appointment = there
	limited("is_receptionist")
	with pytest.raises(site.PermissionError):
		api.book(world.patient, world.visit, practitioner, world.at("10:00"), branch=world.other_branch)
	with pytest.raises(site.PermissionError):
		api.cancel(appointment, "no")


def test_session_plans_and_their_sessions(site, world, limited):
	from clinic_core.scheduling import api, session_plans

	here = session_plans.plan(world.patient, world.course, branch=world.branch)
	far = session_plans.plan(world.patient, world.course, branch=world.other_branch)
	limited("is_receptionist")
	plans = {row.session_plan for row in site.get_list("Clinic Session", fields=["session_plan"])}
	assert here.name in plans and far.name not in plans
	session = site.get_all("Clinic Session", {"session_plan": far.name}, pluck="name")[0]
	assert not site.has_permission("Clinic Session", "read", doc=session)
	with pytest.raises(site.PermissionError):
		api.plan_sessions(world.patient, world.course, branch=world.other_branch)


def test_schedules_are_listed_as_they_are_opened(site, world, there, limited):
	far = site.get_all("Clinic Schedule", {"practitioner": there[0]}, pluck="name")
	here = site.get_all("Clinic Schedule", {"practitioner": world.doctor}, pluck="name")
	assert far and here
	limited("is_receptionist")
	seen = set(site.get_list("Clinic Schedule", pluck="name", limit_page_length=0))
	assert set(here) <= seen and not seen & set(far)
	for name in [*here, *far]:
		assert bool(site.has_permission("Clinic Schedule", "read", doc=name)) is (name in here)


def test_counts_of_the_front_desk(site, world, there, limited):
	from clinic_core.scheduling import booking
	from clinic_reception.front_desk import api

	others = api.today_counts(str(world.day))["appointments"]
	booking.book(world.patient, world.visit, world.doctor, world.at("09:00"))
	assert api.today_counts(str(world.day))["appointments"] == others + 1
	limited("is_receptionist")
	assert api.today_counts(str(world.day))["appointments"] == 1
	assert len(api.board(str(world.day))["appointments"]) == 1
	with pytest.raises(site.PermissionError):
		api.today_counts(str(world.day), world.other_branch)


def test_receiving_in_another_branch(site, world, limited):
	from clinic_reception.front_desk import api

	limited("is_receptionist")
	row = [{"service": world.visit}]
	with pytest.raises(site.PermissionError):
		api.receive(patient=world.patient, visit_type="Treatment", services=row, branch=world.other_branch)


def test_activities_are_seen_with_their_leads_branch(site, world, limited):
	from clinic_crm.pipeline import api

	def lead(branch):
		made = api.create_lead(
			title="Laser", person_type="Contact", first_name="Ali", mobile="09901112244", branch=branch
		)
		return api.log_activity(made["lead"], "Call", "PHONE")["activity"]

	here, far = lead(world.branch), lead(world.other_branch)
	limited("is_crm_manager")
	seen = {row.name for row in site.get_list("Clinic Activity", limit_page_length=0)}
	assert here in seen and far not in seen
	assert not site.has_permission("Clinic Activity", "read", doc=far)


def test_patients_are_seen_by_every_branch_unless_the_clinic_says_so(site, world, there, limited):
	from clinic_core.people import search

	mine = patient(site, last_name="Here", branch=world.branch).name
	far = patient(site, last_name="Far", branch=world.other_branch).name
	limited("is_receptionist")

	def found():
		return {row["name"] for row in search.find("Zarrin")} & {mine, far}

	assert found() == {mine, far} and site.has_permission("Clinic Patient", "read", doc=far)
	site.db.set_single_value("Clinic Settings", "patients_belong_to_branch", 1)
	site.clear_document_cache("Clinic Settings", "Clinic Settings")
	assert found() == {mine} and not site.has_permission("Clinic Patient", "read", doc=far)
	from clinic_core.scheduling import booking

	with_us = site.session.user
	site.set_user("Administrator")
	booking.book(far, world.visit, world.doctor, world.at("11:00"))
	site.set_user(with_us)
	assert found() == {mine, far}, "who comes to a branch is seen there"


def test_own_patients_only(site, world, staff):
	from clinic_core.people import search
	from clinic_core.scheduling import booking

	treated = patient(site, last_name="Treated").name
	strange = patient(site, last_name="Strange").name
	other = world.doctor_of("OTHER")
	mine = booking.book(treated, world.visit, world.doctor, world.at("09:00")).name
	theirs = booking.book(strange, world.visit, other, world.at("09:00")).name
	doc = staff(is_receptionist=0, is_consultant=1, practitioner=world.doctor)
	site.set_user(doc.user)
	forget(site)

	def seen():
		return {row["name"] for row in search.find("Zarrin")} & {treated, strange, registered}

	registered = patient(site, last_name="Registered").name
	assert seen() == {treated, strange, registered}
	site.set_user("Administrator")
	doc.reload()
	doc.own_patients_only = 1
	doc.save()
	advised = patient(site, last_name="Advised", consultant=world.doctor).name
	site.set_user(doc.user)
	forget(site)
	assert seen() == {treated, registered}
	assert advised in site.get_list("Clinic Patient", pluck="name", limit_page_length=0)
	for name, allowed in ((treated, True), (registered, True), (advised, True), (strange, False)):
		assert bool(site.has_permission("Clinic Patient", "read", doc=name)) is allowed, name
	appointments = site.get_list("Clinic Appointment", pluck="name", limit_page_length=0)
	assert mine in appointments and theirs not in appointments
	assert not site.has_permission("Clinic Appointment", "read", doc=theirs)
	from clinic_core.people import api

	with pytest.raises(site.PermissionError):
		api.patient_card(strange)


@pytest.fixture
def own_only(site, world, staff):
	"""A consultant who sees his own patients only, not yet at the keyboard."""
	return staff(is_receptionist=0, is_consultant=1, practitioner=world.doctor, own_patients_only=1).user


# Seen by other rules: with the lead or team, by managers alone, or of nobody's file.
NOT_WITH_THE_PATIENT = {
	"Clinic Access Log", "Clinic Activity", "Clinic Call", "Clinic Cheque", "Clinic Lead",
	"Clinic Opening Balance", "Clinic Patient Identity", "Clinic Patient Merge",
}  # fmt: skip


def test_whatever_is_about_a_patient_is_seen_with_him_only(site, own_only):
	"""Who sees his own patients only: no list of a DocType that names a patient forgets it (F83)."""
	about = [
		name
		for name, doctype in doctypes().items()
		if not doctype.get("istable") and name not in NOT_WITH_THE_PATIENT
		and any(field.get("options") == "Clinic Patient" for field in doctype["fields"])
	]  # fmt: skip
	assert len(about) > 15
	site.set_user(own_only)
	forget(site)
	queries, rules = site.get_hooks("permission_query_conditions"), site.get_hooks("has_permission")
	for name in about:
		conditions = " ".join(site.get_attr(path)(own_only) or "" for path in queries.get(name, []))
		assert "tabClinic Patient`" in conditions, name
		assert len(rules.get(name, [])) == 1, name


def test_pictures_papers_and_consents_of_others_stay_theirs(site, world, own_only):
	theirs = patient(site, last_name="Theirs").name
	mine = patient(site, last_name="Mine", consultant=world.doctor).name
	names = {}
	for of in (theirs, mine):
		for doctype, values in (
			("Clinic Photo", {"stage": "Before"}),
			("Clinic Patient Document", {"kind": "Lab Result", "title": "Lab"}),
			("Clinic Patient Alert", {"kind": "Allergy", "text": "Nuts"}),
			("Clinic Consent", {"purpose": "Marketing", "decision": "Given", "person_name": of}),
		):
			doc = site.get_doc({"doctype": doctype, "patient": of, **values})
			doc.db_insert()
			names[doctype, of] = doc.name
	user = site.get_doc("User", own_only)
	user.add_roles("Clinic Practitioner")
	site.set_user(own_only)
	forget(site)
	for (doctype, of), name in names.items():
		listed = site.get_list(doctype, {"name": name}, pluck="name")
		assert bool(listed) is (of == mine), (doctype, of)
		assert bool(site.has_permission(doctype, "read", doc=name)) is (of == mine), (doctype, of)


def test_ones_own_are_found_although_others_would_fill_the_list(site, world, own_only, count_queries):
	from clinic_core.people import search
	from clinic_core.people.finding import link_search

	mine = patient(site, last_name="Zzand", consultant=world.doctor).name
	site.set_user(own_only)
	forget(site)
	search.find("Zarrin", limit=3)
	with count_queries() as few:
		assert [row["name"] for row in search.find("Zarrin", limit=3)] == [mine]
	site.set_user("Administrator")
	for number in range(8):
		patient(site, last_name=f"Aa{number}")
	assert mine not in [row["name"] for row in search.find("Zarrin", limit=3)]
	site.set_user(own_only)
	with count_queries() as many:
		assert [row["name"] for row in search.find("Zarrin", limit=3)] == [mine]
	assert len(few) == len(many)
	assert [row[0] for row in link_search.patients(txt="Zarrin Zz")] == [mine]


def test_whose_file_is_not_open_is_told_without_a_name(site, world, own_only, number):
	from clinic_core.people import api

	phone = number()
	patient(site, last_name="Secret", mobile=phone, file_no="SECRET-1")
	mine = patient(site, last_name="Mine", mobile=phone, consultant=world.doctor).name
	site.set_user(own_only)
	forget(site)
	rows = api.possible_duplicates(first_name="Zarrin", last_name="Secret", mobile=phone)
	assert [(row["name"], row["is_hidden"]) for row in rows] == [(mine, 0), ("", 1)]
	assert rows[1]["reasons"] == ["Same phone"] and "Secret" not in site.as_json(rows)
	assert api.possible_duplicates(first_name="Zarrin", last_name="Secret") == [], (
		"a name alone tells nothing"
	)
	made = api.register_patient(
		first_name="Zarrin",
		last_name="Secret",
		mobile=phone,
		referral_source="WALKIN",
		consultant=world.doctor,
	)
	told = made["duplicates"]
	assert {row["name"] for row in told} == {mine, ""}
	assert "SECRET-1" not in site.as_json(made) and all(row["full_name"] != "Zarrin Secret" for row in told)


def test_the_crm_tells_no_name_of_a_file_that_is_not_open(site, world, own_only, number):
	from clinic_crm.pipeline import contacts

	phone = "+98" + number()[1:]
	patient(site, last_name="Secret", mobile=phone)
	site.set_user(own_only)
	forget(site)
	[row] = contacts.duplicates_of("Zarrin Secret", phone)
	assert (row["doctype"], row["name"], row["is_hidden"]) == ("Clinic Patient", "", 1)


def test_own_rules_of_a_practitioner(site, world, user_with):
	from clinic_core.foundation.errors import InvalidInputError
	from clinic_core.scheduling import availability, booking

	doctor = site.get_doc("Clinic Practitioner", world.doctor)
	doctor.update(
		{"min_notice_hours": 24 * 4, "horizon_days": 5, "max_per_day": 1, "accepts_new_patients": 0}
	)
	doctor.save()
	site.set_user(user_with("Clinic CRM Agent"))
	last = site.utils.add_days(site.utils.getdate(), 5)
	free = availability.find_slots(world.visit, world.day, world.day + datetime.timedelta(days=9))
	begin = site.utils.add_to_date(site.utils.now_datetime(), days=4)
	assert free and all(begin <= site.utils.get_datetime(row["start"]) for row in free)
	assert all(site.utils.getdate(row["start"]) <= last for row in free)

	def book(patient, when):
		return booking.book(patient, world.visit, world.doctor, when)

	with pytest.raises(InvalidInputError, match="96 hours notice"):
		book(world.patient, world.at("09:00"))
	with pytest.raises(InvalidInputError, match="at most"):
		book(world.patient, world.at("09:00", 3))
	with pytest.raises(InvalidInputError, match="no new patients"):
		book(world.patient, world.at("09:00", 2))
	site.set_user("Administrator")
	book(world.patient, world.at("09:00", 2))
	with pytest.raises(InvalidInputError, match="1 patients a day"):
		book(world.second, world.at("10:00", 2))
