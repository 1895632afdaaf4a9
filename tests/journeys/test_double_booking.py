"""A hundred times several people want the same time at once: exactly one gets it, nobody sees a crash (N1)."""

import datetime
import uuid
from concurrent.futures import ThreadPoolExecutor

import requests

from tests.journeys import names as api
from tests.journeys.people import new_patient

ROUNDS, CLIENTS = 100, 4


def test_exactly_one_winner_in_every_round(sign_in):
	clients = [sign_in(name) for name in ("reception", "supervisor", "manager", "consultant")][:CLIENTS]
	patients = [new_patient(clients[0]) for _ in clients]
	slots = _slots(clients[0])
	codes = []
	with ThreadPoolExecutor(CLIENTS) as pool:
		for slot in slots[:ROUNDS]:
			answers = list(
				pool.map(lambda pair, slot=slot: _book(*pair, slot), zip(clients, patients, strict=True))
			)
			codes.append(sorted(answer.status_code for answer in answers))
			won = next(answer for answer in answers if answer.status_code == 200)
			clients[0].post(api.CANCEL, appointment=won.json()["message"]["appointment"], reason="test")
	assert len(codes) == ROUNDS
	wrong = [row for row in codes if row != [200, *[409] * (CLIENTS - 1)]]
	assert wrong == []


def test_the_loser_hears_what_is_free_instead(sign_in):
	reception = sign_in("reception")
	slot = _slots(reception)[-1]
	assert _book(reception, new_patient(reception), slot).status_code == 200
	lost = _book(reception, new_patient(reception), slot)
	assert lost.status_code == 409
	assert "SlotTakenError" in lost.text
	assert lost.text.count("20") > 3, "the answer names other times"


def _slots(client):
	today = datetime.date.today()
	found = client.get(
		api.SLOTS,
		service="REVIEW-SKIN",
		practitioner="DR-01",
		limit=400,
		from_date=str(today + datetime.timedelta(days=15)),
		to_date=str(today + datetime.timedelta(days=45)),
	)
	assert len(found) > ROUNDS, len(found)
	return found


def _book(client, patient, slot) -> requests.Response:
	return client.request(
		"POST",
		api.BOOK,
		patient=patient,
		service="REVIEW-SKIN",
		practitioner=slot["practitioner"],
		start=slot["start"],
		branch=slot["branch"],
		idempotency_key=uuid.uuid4().hex,
	)
