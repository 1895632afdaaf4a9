"""A practitioner records an appointment of a patient of his own (C072)."""

import pytest
from clinic_core.scheduling import booking

BOOK = "clinic_core.scheduling.api.book"


@pytest.fixture
def doctor(site, world, user_with):
	"""The login of the world's doctor, who is nothing else."""
	user = user_with("Clinic Practitioner")
	site.db.set_value("Clinic Practitioner", world.doctor, "user", user)

	def become():
		site.local.clinic_own_patients = {}
		site.set_user(user)

	become.user = user
	return become


def test_he_books_into_his_own_calendar_and_the_crm_has_a_lead(site, world, doctor):
	doctor()
	answer = site.get_attr(BOOK)(world.patient, world.visit, world.doctor, world.at("09:00"))
	site.set_user("Administrator")
	doc = site.get_doc("Clinic Appointment", answer["appointment"])
	assert (doc.booked_through, doc.booked_by) == ("Practitioner", doctor.user)
	fields = ["name", "status", "person_type", "channel", "description"]
	[lead] = site.get_all("Clinic Lead", {"appointment": doc.name}, fields)
	assert (lead.status, lead.person_type, lead.channel) == ("New Opportunity", "Patient", "PRACTITIONER")
	assert "Dr TDR" in lead.description
	# The same event told twice is one lead.
	from clinic_core.foundation import events
	from clinic_core.scheduling.doctype.clinic_appointment.clinic_appointment import event_of

	events.emit("clinic_on_appointment_status", events=[event_of(doc, None)])
	assert site.db.count("Clinic Lead", {"patient": world.patient}) == 1
	booking.cancel(doc.name, "ill")
	assert site.db.get_value("Clinic Lead", lead.name, "status") == "In Progress"


def test_a_lead_that_waits_for_the_patient_takes_it(site, world, doctor):
	from clinic_crm.pipeline import leads

	waiting = leads.create({"title": "Skin", "person_type": "Patient", "patient": world.patient})["lead"]
	doctor()
	answer = site.get_attr(BOOK)(world.patient, world.visit, world.doctor, world.at("09:00"))
	site.set_user("Administrator")
	[lead] = site.get_all("Clinic Lead", {"patient": world.patient}, ["name", "appointment"])
	assert (lead.name, lead.appointment) == (waiting, answer["appointment"])


def test_what_the_reception_books_makes_no_lead(site, world, as_role):
	as_role("Clinic Receptionist")
	site.get_attr(BOOK)(world.patient, world.visit, world.doctor, world.at("09:00"))
	site.set_user("Administrator")
	assert not site.db.count("Clinic Lead", {"patient": world.patient})


@pytest.mark.parametrize("door", ["endpoint", "document"])
def test_another_calendar_is_not_his(site, world, doctor, door):
	other = world.doctor_of("DR2")
	doctor()
	with pytest.raises(site.PermissionError, match="your own calendar"):
		if door == "endpoint":
			site.get_attr(BOOK)(world.patient, world.visit, other, world.at("09:00"))
		else:
			values = {"patient": world.patient, "service": world.visit, "practitioner": other}
			site.get_doc(
				{"doctype": "Clinic Appointment", "status": "Booked", "start": world.at("09:00"), **values}
			).insert()
	assert not site.db.count("Clinic Appointment", {"patient": world.patient})


def test_a_step_of_somebody_else_is_not_his_either(site, world, doctor):
	other = world.doctor_of("DR2")
	doctor()
	steps = [
		{"service": world.visit, "practitioner": world.doctor, "offset_minutes": 0, "duration_minutes": 30},
		{"service": world.visit, "practitioner": other, "offset_minutes": 30, "duration_minutes": 30},
	]
	values = {"patient": world.patient, "service": world.visit, "practitioner": world.doctor, "steps": steps}
	with pytest.raises(site.PermissionError, match="your own calendar"):
		site.get_doc(
			{"doctype": "Clinic Appointment", "status": "Booked", "start": world.at("09:00"), **values}
		).insert()


def test_who_sees_only_his_own_patients_books_for_them_only(site, world, doctor):
	staff = {
		"doctype": "Clinic Staff Member",
		"first_name": "TDR",
		"user": doctor.user,
		"own_patients_only": 1,
	}
	site.get_doc({**staff, "name": site.generate_hash()}).db_insert()
	site.db.set_value("Clinic Patient", world.second, "consultant", world.doctor)
	doctor()
	with pytest.raises(site.PermissionError):
		site.get_attr(BOOK)(world.patient, world.visit, world.doctor, world.at("09:00"))
	answer = site.get_attr(BOOK)(world.second, world.visit, world.doctor, world.at("09:00"))
	assert answer["status"] == "Booked"


def test_he_moves_and_cancels_nothing(site, world, doctor):
	doc = booking.book(world.patient, world.visit, world.doctor, world.at("09:00"))
	doctor()
	api = "clinic_core.scheduling.api."
	with pytest.raises(site.PermissionError):
		site.get_attr(api + "cancel")(doc.name, "ill")
	with pytest.raises(site.PermissionError):
		site.get_attr(api + "reschedule")(doc.name, world.at("10:00"), "later")


def test_his_own_notice_holds_nobody_up_who_sits_before_him(site, world, doctor):
	site.db.set_value("Clinic Practitioner", world.doctor, "min_notice_hours", 24 * 20)
	doctor()
	answer = site.get_attr(BOOK)(world.patient, world.visit, world.doctor, world.at("09:00"))
	assert answer["status"] == "Booked"


def test_who_may_more_books_for_everybody(site, world, user_with):
	user = user_with("Clinic Practitioner", "Clinic Receptionist")
	other = world.doctor_of("DR2")
	site.set_user(user)
	answer = site.get_attr(BOOK)(world.patient, world.visit, other, world.at("09:00"))
	assert site.db.get_value("Clinic Appointment", answer["appointment"], "booked_through") == "Reception"
