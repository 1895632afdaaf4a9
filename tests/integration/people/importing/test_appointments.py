"""Future appointments of the old calendar: booked by the engine, clashes refused with free times, taken back."""

import pytest

from tests.integration.scheduling.conftest import build_world

HEADER = ["File number", "Service", "Practitioner", "Date", "Time"]


@pytest.fixture
def clinic(site):
	return build_world(site, "IM")


def test_booked_clashing_past_and_taken_back(site, clinic, run_import, book):
	from clinic_core.people.importing import imports, undoing

	one, two = (
		site.db.get_value("Clinic Patient", name, "file_no") for name in (clinic.patient, clinic.third)
	)
	day = clinic.day
	doctor, visit = clinic.doctor, clinic.visit
	rows = [
		[one, visit, doctor, str(day), "9:00"],
		[two, visit, doctor, str(day), "9:00"],
		[two, visit, doctor, "2020-01-01", "9:00"],
		[two, visit, doctor, str(day), ""],
		[two, "?", doctor, str(day), "10:00"],
	]
	doc = run_import("future_appointments", HEADER, rows)
	made = book(doc)
	assert [row[1] for row in made] == ["Created", "Failed", "Failed", "Failed", "Failed"], made
	assert "next free times" in made[1][3]
	assert "has passed" in made[2][3] and "time of day" in made[3][3] and "does not exist" in made[4][3]
	assert site.db.count("Clinic Time Claim", {"appointment": made[0][2]}) > 0
	imports.take_back(doc.name, "not yet")
	undoing.run(doc.name)
	assert site.db.get_value("Clinic Appointment", made[0][2], "status") == "Cancelled"
	assert site.db.count("Clinic Time Claim", {"appointment": made[0][2]}) == 0
