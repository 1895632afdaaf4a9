"""A hundred times several people want the same time at once: exactly one gets it, nobody sees a crash (N1)."""

import datetime
import json
import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.journeys import names as api
from tests.journeys.people import new_patient

ROUNDS = 100
QUEUE_DOCTOR, QUEUE_SERVICE = "DR-07", "VISIT-GP"


def _endpoint(client, wanted):
	"""The endpoint all our screens book through."""
	return client.request("POST", api.BOOK, **wanted, idempotency_key=uuid.uuid4().hex)


def _hold(client, wanted):
	"""A time that is only held for some minutes."""
	return client.request(
		"POST", api.BOOK.replace(".book", ".hold"), **wanted, idempotency_key=uuid.uuid4().hex
	)


def _rest(client, wanted):
	"""Frappe's own REST door."""
	return client.resource("POST", "Clinic Appointment", **wanted)


def _form(client, wanted):
	"""Saving the form in the desk."""
	doc = {"doctype": "Clinic Appointment", "__islocal": 1, "status": "Booked", **wanted}
	return client.request("POST", "frappe.desk.form.save.savedocs", doc=json.dumps(doc), action="Save")


DOORS = {"endpoint": _endpoint, "hold": _hold, "rest": _rest, "form": _form}
PEOPLE = ("reception", "supervisor", "manager", "consultant")


def name_of(answer):
	"""The appointment that was made, whichever door answers."""
	found = answer.json()
	if "data" in found:
		return found["data"]["name"]
	return found["docs"][0]["name"] if "docs" in found else found["message"]["appointment"]


def test_exactly_one_winner_in_every_round_whatever_the_door(sign_in, record_property):
	"""Each round all doors at once, each time with another person at each."""
	clients = [sign_in(name) for name in PEOPLE]
	patients = [new_patient(clients[0]) for _ in clients]
	doors, wins, wrong = list(DOORS), dict.fromkeys(DOORS, 0), []
	with ThreadPoolExecutor(len(clients)) as pool:
		for number, slot in enumerate(_slots(clients[0])[:ROUNDS]):
			turned = doors[number % 4 :] + doors[: number % 4]
			answers = list(
				pool.map(
					lambda who, slot=slot: DOORS[who[0]](who[1], _wanted(slot, who[2])),
					zip(turned, clients, patients, strict=True),
				)
			)
			won = [(door, a) for door, a in zip(turned, answers, strict=True) if a.status_code == 200]
			lost = [a for a in answers if a.status_code != 200]
			# Who lost heard that the time is taken, not that the database was in trouble, and what is free.
			heard = [
				a.status_code == 409 and "SlotTakenError" in a.text and a.json()["next_slots"] for a in lost
			]
			if len(won) != 1 or not all(heard):
				wrong.append(
					(slot["start"], {d: a.status_code for d, a in zip(turned, answers, strict=True)})
				)
				continue
			wins[won[0][0]] += 1
			clients[0].post(api.CANCEL, appointment=name_of(won[0][1]), reason="test")
	record_property("wins_by_door", wins)
	assert wrong == []
	assert sum(wins.values()) == ROUNDS


@pytest.mark.parametrize("door", DOORS)
def test_the_loser_hears_what_is_free_instead_at_every_door(sign_in, door):
	reception = sign_in("reception")
	slot = _slots(reception)[-1 - list(DOORS).index(door)]
	assert _endpoint(reception, _wanted(slot, new_patient(reception))).status_code == 200
	lost = DOORS[door](reception, _wanted(slot, new_patient(reception)))
	assert lost.status_code == 409, lost.text[:300]
	assert "SlotTakenError" in lost.text
	offered = lost.json()["next_slots"]
	assert len(offered) == 3 and all(row["start"] > slot["start"] for row in offered)


def test_who_takes_a_number_at_the_same_time_gets_another_one(sign_in):
	"""A queue gives each his own number, at every door (G03)."""
	clients = [sign_in(name) for name in PEOPLE]
	patients = [new_patient(clients[0]) for _ in clients]
	slot = next(row for row in _free(clients[0], QUEUE_SERVICE, QUEUE_DOCTOR) if row["queue_no"] == 1)
	wanted = [{**_wanted(slot, patient), "service": QUEUE_SERVICE} for patient in patients]
	with ThreadPoolExecutor(len(clients)) as pool:
		answers = list(
			pool.map(lambda who: DOORS[who[0]](*who[1:]), zip(DOORS, clients, wanted, strict=True))
		)
	assert [answer.status_code for answer in answers] == [200] * 4, [a.text[:200] for a in answers]
	names = [name_of(answer) for answer in answers]
	numbers = [clients[0].value("Clinic Appointment", name, "queue_no") for name in names]
	assert sorted(numbers) == [1, 2, 3, 4]


def _slots(client):
	found = _free(client, "REVIEW-SKIN", "DR-01")
	assert len(found) > ROUNDS + len(DOORS), len(found)
	return found


def _free(client, service, practitioner):
	today = datetime.date.today()
	return client.get(
		api.SLOTS,
		service=service,
		practitioner=practitioner,
		limit=400,
		from_date=str(today + datetime.timedelta(days=15)),
		to_date=str(today + datetime.timedelta(days=45)),
	)


def _wanted(slot, patient):
	return {
		"patient": patient,
		"service": "REVIEW-SKIN",
		**{field: slot[field] for field in ("practitioner", "start", "branch")},
	}
