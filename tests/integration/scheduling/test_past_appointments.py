"""Past appointments of an old calendar come in as history without claims, and their absences add up."""

import csv
import os
import pathlib
from collections import Counter

import pytest
from clinic_core.scheduling.history.reading import history_of
from clinic_core.scheduling.report.clinic_no_shows import clinic_no_shows

from tests.integration.import_fixtures import book, run_import, upload

__all__ = ["book", "run_import", "upload"]
KIND = "past_appointments"
APPOINTMENT = "Clinic Appointment"
HEADER = ["PatientId", "AppointmentID", "Gender", "ScheduledDay", "AppointmentDay", "SMS_received", "No-show"]


def real_file():
	"""The public data set, where this machine has it."""
	shared = os.environ.get("CLINIC_SHARED_DATA")
	folder = (
		pathlib.Path(shared) if shared else pathlib.Path(__file__).resolve().parents[4] / "shared" / "data"
	)
	return folder / "appointments_2016.csv"


def row(patient, number, day="2016-04-29T00:00:00Z", no_show="No", sms="0"):
	return [patient, number, "F", "2016-04-27T18:38:08Z", day, sms, no_show]


@pytest.fixture
def known(site, world):
	"""Two patients with the numbers of the old calendar."""
	for name, number in ((world.patient, "29872500000000"), (world.second, "99948")):
		site.db.set_value("Clinic Patient", name, "file_no", number)
	return world


@pytest.fixture
def run(run_import, world):
	given = {"service": world.visit, "practitioner": world.doctor, "branch": world.branch}
	return lambda rows, header=HEADER: run_import(KIND, header, rows, defaults=given)


def test_history_comes_in_without_claims_and_unknown_people_are_named(site, known, run, book):
	rows = [
		row("2.98725E+13", "1"),
		row("99948", "2", no_show="Yes", sms="1"),
		row("5.58998E+14", "3"),
		row("99948", "4", day="2999-01-01"),
		row("99948", "5", no_show="perhaps"),
	]
	made = book(run(rows))
	assert [one[1] for one in made] == ["Created", "Created", "Failed", "Failed", "Failed"], made
	assert "558998000000000" in made[2][3] and "not over" in made[3][3]
	came, missed = (site.get_doc(APPOINTMENT, one[2]) for one in made[:2])
	assert (came.patient, came.status, came.is_history) == (known.patient, "Completed", 1)
	assert (missed.patient, missed.status, str(missed.start)) == (
		known.second,
		"No Show",
		"2016-04-29 00:00:00",
	)
	assert (came.booked_through, came.jalali_month) == ("Import", "1395-02")
	# When it was booked and whether a reminder went out: what one needs to know why people stay away.
	assert (str(came.scheduled_on)[:16], came.was_reminded, missed.was_reminded) == ("2016-04-27 18:38", 0, 1)
	told = history_of(came.name)["entries"][-1]
	assert (told["at"][:16], told["is_late"]) == ("2016-04-27 18:38", 0)
	assert not site.db.count("Clinic Time Claim", {"appointment": ("in", [came.name, missed.name])})
	# Who came once is no new patient any more.
	assert str(site.db.get_value("Clinic Patient", known.patient, "first_visit_on")) == "2016-04-29"


def test_the_same_file_twice_is_once_and_can_be_taken_back(site, known, run, book):
	from clinic_core.people.importing import imports, undoing

	rows = [row("99948", "1"), row("99948", "2", no_show="Yes")]
	first = run(rows)
	again = book(run(rows))
	assert [one[1] for one in again] == ["Skipped", "Skipped"]
	imports.take_back(first.name, "wrong file")
	undoing.run(first.name)
	assert not site.db.count(APPOINTMENT, {"patient": known.second})
	assert not site.db.get_value("Clinic Patient", known.second, "first_visit_on")


def test_words_of_another_calendar(site, known, run, book):
	header = ["شماره پرونده", "تاریخ نوبت", "ساعت", "وضعیت"]
	rows = [["99948", "1395/02/10", "9:30", "نیامد"], ["99948", "1395/02/11", "", "چیزی"]]
	made = book(run(rows, header))
	assert [one[1] for one in made] == ["Created", "Failed"], made
	doc = site.get_doc(APPOINTMENT, made[0][2])
	assert (str(doc.start), doc.status) == ("2016-04-29 09:30:00", "No Show")


def test_a_chunk_takes_the_same_number_of_queries_however_many_rows(site, known, run, count_queries):
	few = len(count_queries(lambda: run([row("99948", "1")])))
	many = len(count_queries(lambda: run([row("99948", str(n)) for n in range(2, 200)])))
	assert many <= few + 3


@pytest.mark.skipif(not real_file().exists(), reason="the public data set is not on this machine")
def test_the_absences_of_the_real_file_agree_with_a_count_of_it(site, world, run):
	with open(real_file(), encoding="utf-8", newline="") as file:
		header, *rows = list(csv.reader(file))
	at = {name: header.index(name) for name in ("PatientId", "No-show")}
	expected = Counter(line[at["No-show"]] for line in rows)
	_register(site, {line[at["PatientId"]] for line in rows}, world.patient)
	doc = run(rows, header)
	assert (doc.status, doc.created_count, doc.failed_count) == ("Complete", len(rows), 0)
	_columns, found = clinic_no_shows.execute({"group_by": "Practitioner", "branch": world.branch})
	(total,) = found
	assert (total.came, total.missed) == (expected["No"], expected["Yes"])
	assert total.percent == round(100 * expected["Yes"] / len(rows), 1)


def _register(site, numbers, like):
	"""A file for each number, written at once: who they were is not in the data set."""
	from clinic_core.foundation.bulk import insert_documents
	from clinic_core.people.importing import cells

	read = sorted({cells.read(number, "rounded_code", cells.Settings()) for number in numbers})
	base = site.get_doc("Clinic Patient", like)
	stamps = {"creation": base.creation, "modified": base.modified, "owner": base.owner, "docstatus": 0}
	insert_documents(
		"Clinic Patient",
		[
			{
				**stamps,
				"name": site.generate_hash(length=20),
				"file_no": number,
				"first_name": "P",
				"full_name": f"P {number}",
				"status": "Active",
			}
			for number in read
		],
	)
