"""Who is new and who was here before follows from visits, also when they are undone (D50)."""

import pytest
from clinic_core.people.patient_file import returning


@pytest.fixture
def desk(site):
	from clinic_reception.front_desk import api

	return api


def known(site, patient):
	fields = ["is_returning", "first_visit_on", "last_visit_on"]
	return site.db.get_value("Clinic Patient", patient, fields)


def card_of(desk, visit):
	return next(row for lane in desk.board().values() for row in lane if row.get("visit") == visit)


def test_who_is_only_registered_or_waiting_is_new(site, world):
	patient = world.patient()
	world.receive(patient)
	assert known(site, patient) == (0, None, None)


def test_a_reception_makes_an_old_customer_and_its_undoing_a_new_one(site, world, desk):
	patient, today = world.patient(), site.utils.getdate()
	visit = world.receive(patient, world.visit_service)["visit"]
	assert known(site, patient) == (1, today, today)
	assert card_of(desk, visit)["is_returning"] is False  # today is the first time
	desk.undo_visit(visit)
	assert known(site, patient) == (0, None, None)


def test_a_visit_without_a_bill_counts_when_it_is_done(site, world, desk):
	patient, today = world.patient(), site.utils.getdate()
	visit = world.receive(patient)["visit"]
	desk.set_visit_status(visit, "Done")
	assert known(site, patient) == (1, today, today)
	desk.set_visit_status(visit, "In Service")
	assert known(site, patient) == (0, None, None)


def test_who_comes_again_is_old_on_the_board(site, world, desk):
	patient, today = world.patient(), site.utils.getdate()
	first = world.receive(patient, world.visit_service)["visit"]
	yesterday = site.utils.add_days(today, -1)
	site.db.set_value("Clinic Visit", first, "arrived_at", f"{yesterday} 10:00:00")
	visit = world.receive(patient, world.visit_service)["visit"]
	assert known(site, patient) == (1, yesterday, today)
	assert card_of(desk, visit)["is_returning"] is True


def test_what_happened_before_is_computed_once(site, world):
	from clinic_core.people.patient_file import jobs

	patient = world.patient()
	world.receive(patient, world.visit_service)
	site.db.set_value("Clinic Patient", patient, {"is_returning": 0, "first_visit_on": None})
	jobs.recompute_returning()
	assert known(site, patient)[0] == 1
	assert returning.refresh([patient]) == 0


def test_many_are_refreshed_in_four_queries(site, world, count_queries):
	patients = [world.patient() for _number in range(5)]
	for patient in patients:
		world.receive(patient, world.visit_service)
	table = site.qb.DocType("Clinic Patient")
	site.qb.update(table).set(table.is_returning, 0).where(table.name.isin(patients)).run()
	with count_queries() as queries:
		assert returning.refresh(patients) == 5
	assert len([q for q in queries if "savepoint" not in q.lower()]) == 4


def test_a_corrected_name_is_on_the_board_and_in_the_drafts(site, world, desk):
	from clinic_core.people.patient_file import api

	patient = world.patient()
	visit = world.receive(patient)["visit"]
	billed = world.receive(world.patient(), world.visit_service)
	api.correct_person(patient, first_name="زهرا", last_name="داروگر")
	assert card_of(desk, visit)["full_name"] == "زهرا داروگر"
	assert site.db.get_value("Clinic Visit", visit, "patient_name") == "زهرا داروگر"
	before = site.db.get_value("Clinic Reception", billed["reception"], "patient_name")
	other = site.db.get_value("Clinic Reception", billed["reception"], "patient")
	api.correct_person(other, first_name="مینا", last_name="راد")
	assert site.db.get_value("Clinic Reception", billed["reception"], "patient_name") == before
