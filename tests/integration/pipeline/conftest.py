"""People, leads and forms the pipeline tests start from."""

import pytest
from clinic_core.foundation import roles


@pytest.fixture
def team(site):
	return site.get_doc({"doctype": "Clinic Team", "code": "T-TEST", "title": "Test team"}).insert()


@pytest.fixture
def agent(site, user_with, team):
	"""A CRM agent of the test team."""
	user = user_with(roles.CRM_AGENT)
	team.append("members", {"user": user})
	team.save()
	return user


@pytest.fixture
def stranger(user_with):
	"""A CRM agent of no team."""
	return user_with(roles.CRM_AGENT)


@pytest.fixture
def form(site, team):
	return site.get_doc(
		{
			"doctype": "Clinic Lead Form",
			"form_name": "Spring offer",
			"route": "test-spring",
			"team": team.name,
			"channel": "WEBSITE",
			"return_url": "https://clinic.example/thanks",
			"form_fields": [
				{"fieldname": "first_name", "is_required": 1},
				{"fieldname": "last_name"},
				{"fieldname": "mobile", "is_required": 1},
				{"fieldname": "description"},
			],
		}
	).insert()


@pytest.fixture
def make_contact(site):
	def make(first_name="Sara", last_name="Ahmadi", mobile="09121234567", **more):
		return site.get_doc(
			{
				"doctype": "Clinic Contact",
				"first_name": first_name,
				"last_name": last_name,
				"mobile": mobile,
				**more,
			}
		).insert()

	return make


@pytest.fixture
def make_lead(site, make_contact):
	def make(**fields):
		if "contact" not in fields and "patient" not in fields:
			fields["contact"] = make_contact(mobile=None).name
		return site.get_doc({"doctype": "Clinic Lead", "title": "Wish", **fields}).insert()

	return make


@pytest.fixture
def make_patient(site):
	def make(first_name="Sara", last_name="Ahmadi", mobile="09121234567"):
		return site.get_doc(
			{
				"doctype": "Clinic Patient",
				"first_name": first_name,
				"last_name": last_name,
				"mobile": mobile,
				"referral_source": "WEBSITE",
				"branch": "MAIN",
			}
		).insert()

	return make


@pytest.fixture
def make_appointment(site):
	"""A row as the booking leaves it; the handlers read nothing else of it."""

	def make(patient, start="2026-11-20 10:00:00", status="Booked", **fields):
		doc = site.get_doc(
			{
				"doctype": "Clinic Appointment",
				"name": site.generate_hash(length=10),
				"patient": patient,
				"start": start,
				"end": start,
				"status": status,
				"branch": "MAIN",
				**fields,
			}
		)
		doc.db_insert()
		return doc.name

	return make


@pytest.fixture
def tell(site):
	"""Move an appointment and tell the CRM, as the scheduling does."""
	from clinic_core.foundation import events

	def emit(appointment, new, **more):
		old = site.db.get_value("Clinic Appointment", appointment, "status")
		site.db.set_value("Clinic Appointment", appointment, "status", new)
		event = {
			"appointment": appointment,
			"old": old,
			"new": new,
			"patient": site.db.get_value("Clinic Appointment", appointment, "patient"),
			"origin_doctype": None,
			"origin_name": None,
			**more,
		}
		events.emit("clinic_on_appointment_status", events=[event])
		return event

	return emit


@pytest.fixture
def run_as(site):
	def run(user, function, *args, **kwargs):
		site.set_user(user)
		try:
			return function(*args, **kwargs)
		finally:
			site.set_user("Administrator")

	return run
