"""Several people at the same freed time: one gets it, nobody sees a crash (F08, F09, N1)."""

import datetime
import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.journeys import names as api
from tests.journeys.people import new_patient

WAITING = "clinic_core.scheduling.waiting.api"
SERVICE, DOCTOR = "REVIEW-SKIN", "DR-01"
ROUNDS = 3
APPOINTMENT = "Clinic Appointment"
_MET = []


def _somebody(client):
	_MET.append(new_patient(client))
	return _MET[-1]


@pytest.fixture
def crew(sign_in):
	return [sign_in(name) for name in ("reception", "supervisor", "manager", "consultant")]


@pytest.fixture(autouse=True)
def nobody_is_left_behind(crew):
	"""Whoever still waits or has an appointment afterwards would be met by other tests."""
	_MET.clear()
	yield
	for patient in _MET:
		wishes = {"patient": patient, "status": ["in", ["Waiting", "Offered"]]}
		for row in crew[0].rows("Clinic Waiting List Entry", wishes):
			crew[0].post(f"{WAITING}.withdraw", entry=row["name"], reason="test")
		booked = {"patient": patient, "status": ["in", ["Held", "Booked", "Confirmed"]]}
		for row in crew[0].rows(APPOINTMENT, booked):
			crew[0].post(api.CANCEL, appointment=row["name"], reason="test")


def _slots(client, first_day):
	"""Free times of the doctor, some days ahead: each test its own days."""
	day = datetime.date.today() + datetime.timedelta(days=first_day)
	until = day + datetime.timedelta(days=6)
	found = client.get(
		"clinic_core.scheduling.api.find_slots",
		service=SERVICE,
		practitioner=DOCTOR,
		from_date=str(day),
		to_date=str(until),
	)
	assert len(found) > 3 * ROUNDS
	return found[:: len(found) // (ROUNDS + 1)][:ROUNDS]


def _wait(client, slot):
	"""A new patient on the list, who wants that day."""
	patient, day = _somebody(client), slot["start"][:10]
	answer = client.post(f"{WAITING}.add", patient=patient, service=SERVICE, from_date=day, to_date=day)
	return patient, answer["entry"]


def _wanted(slot):
	return {"practitioner": slot["practitioner"], "start": slot["start"], "branch": slot["branch"]}


def _all_at_once(calls):
	"""Each (client, method, arguments) at the same time."""
	with ThreadPoolExecutor(len(calls)) as pool:
		return list(
			pool.map(
				lambda one: one[0].request("POST", one[1], **one[2], idempotency_key=uuid.uuid4().hex), calls
			)
		)


def _one_holds(client, slot, patients):
	"""Whose the time is; and no more than one standing appointment is there."""
	rows = client.rows(
		APPOINTMENT,
		{
			"practitioner": DOCTOR,
			"start": slot["start"],
			"status": ["in", ["Held", "Booked", "Confirmed"]],
		},
		("name", "patient", "status"),
	)
	assert len(rows) == 1, rows
	assert rows[0]["patient"] in patients
	return rows[0]


def test_two_who_wait_are_booked_for_the_same_time_at_once(crew):
	for slot in _slots(crew[0], 40):
		waiting = [_wait(crew[0], slot) for _ in crew]
		calls = [
			(client, f"{WAITING}.book", {"entry": entry, **_wanted(slot)})
			for client, (_patient, entry) in zip(crew, waiting, strict=True)
		]
		answers = _all_at_once(calls)
		codes = sorted(answer.status_code for answer in answers)
		assert codes == [200, 409, 409, 409], [answer.text[:200] for answer in answers]
		lost = [answer for answer in answers if answer.status_code == 409]
		assert all("SlotTakenError" in answer.text and answer.json()["next_slots"] for answer in lost)
		_one_holds(crew[0], slot, [patient for patient, _entry in waiting])
		states = [crew[0].value("Clinic Waiting List Entry", entry, "status") for _who, entry in waiting]
		assert sorted(states) == ["Booked", "Waiting", "Waiting", "Waiting"]


def test_an_offer_that_two_accept_while_others_book_is_given_once(crew):
	for slot in _slots(crew[0], 47):
		patient, entry = _wait(crew[0], slot)
		offer = crew[0].post(f"{WAITING}.offer", entry=entry, **_wanted(slot))["offer"]
		others = [_somebody(crew[0]) for _ in range(2)]
		booking = {"service": SERVICE, **_wanted(slot)}
		calls = [
			(crew[0], f"{WAITING}.accept", {"offer": offer}),
			(crew[1], f"{WAITING}.accept", {"offer": offer}),
			(crew[2], api.BOOK, {"patient": others[0], **booking}),
			(crew[3], api.BOOK, {"patient": others[1], **booking}),
		]
		answers = _all_at_once(calls)
		accepted, booked = answers[:2], answers[2:]
		# The time is held for the one it was offered to; the second “accepted” finds it answered.
		assert [answer.status_code for answer in booked] == [409, 409], [a.text[:200] for a in booked]
		codes = sorted(answer.status_code for answer in accepted)
		assert codes == [200, 409], [answer.text[:200] for answer in accepted]
		row = _one_holds(crew[0], slot, [patient])
		assert row["status"] == "Booked"
		assert crew[0].value("Clinic Waiting List Entry", entry, "status") == "Booked"


def test_an_offer_accepted_late_races_with_who_books_at_the_desk(crew):
	for slot in _slots(crew[0], 54):
		_patient, entry = _wait(crew[0], slot)
		offer = crew[0].post(f"{WAITING}.offer", entry=entry, **_wanted(slot))["offer"]
		held = crew[0].value("Clinic Waiting Offer", offer, "appointment")
		# Somebody frees the held time at another door while the patient says yes.
		other = _somebody(crew[0])
		calls = [
			(crew[0], f"{WAITING}.accept", {"offer": offer}),
			(crew[1], api.CANCEL, {"appointment": held, "reason": "race"}),
			(crew[2], api.BOOK, {"patient": other, "service": SERVICE, **_wanted(slot)}),
		]
		answers = _all_at_once(calls)
		assert all(answer.status_code in (200, 409, 422) for answer in answers), [
			answer.text[:200] for answer in answers
		]
		rows = crew[0].rows(
			APPOINTMENT,
			{"practitioner": DOCTOR, "start": slot["start"], "status": ["not in", ["Cancelled", "No Show"]]},
			("name", "patient"),
		)
		assert len(rows) <= 1, rows
		# Whoever was told yes has the time, unless it was cancelled after that.
		if answers[2].status_code == 200:
			assert [row["patient"] for row in rows] == [other]
