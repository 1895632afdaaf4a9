"""Several people plan the same ten times at once: one gets all of them, the others none at all (N1, N8)."""

import datetime
import uuid
from concurrent.futures import ThreadPoolExecutor

from tests.journeys import names as api
from tests.journeys.people import new_patient

SERVICE, ROUNDS = "LASER-FULL", 4
PLANNER = "clinic_core.scheduling.planner.api"
KEYS = ("session_no", "start", "practitioner", "branch")


def test_one_plan_wins_whole_and_nothing_is_half_booked(sign_in):
	clients = [sign_in(name) for name in ("reception", "supervisor", "manager", "consultant")]
	for _round in range(ROUNDS):
		bought = [_course(clients[0]) for _ in clients]
		answer = clients[0].get(f"{PLANNER}.propose", entitlement=bought[0][1])
		times = [{key: row[key] for key in KEYS} for row in answer["sessions"]]
		wishes = [
			_same_end(clients[0], right, times, f"{14 + number}:00")
			for number, (_who, right) in enumerate(bought[1:])
		]
		with ThreadPoolExecutor(len(clients)) as pool:
			asked = zip(clients, [right for _who, right in bought], [times, *wishes], strict=True)
			codes = [a.status_code for a in pool.map(lambda given: _book(*given), asked)]
		assert codes.count(200) == 1 and set(codes) <= {200, 409}, codes
		for (patient, _right), code in zip(bought, codes, strict=True):
			booked = clients[0].rows("Clinic Appointment", {"patient": patient}, ("name",))
			plans = clients[0].rows("Clinic Session Plan", {"patient": patient}, ("name",))
			[left] = clients[0].get(api.PAID_NOT_USED, patient=patient)
			expected = (len(times), 1, len(times)) if code == 200 else (0, 0, 0)
			assert (len(booked), len(plans), left["reserved"]) == expected


def _course(client):
	"""A patient who has bought ten sessions, none planned."""
	patient = new_patient(client, gender="Female")
	line = {"service": SERVICE, "quantity": 1, "action": "Sell for Later"}
	got = client.post(api.RECEIVE, patient=patient, visit_type="Treatment", services=[line])
	return patient, got["to_plan"][0]


def _same_end(client, entitlement, times, from_time):
	"""The times of somebody who comes at other hours, but for the last session."""
	asked = {"entitlement": entitlement, "from_time": from_time, "later_days": 14}
	first = datetime.date.fromisoformat(times[0]["start"][:10])
	for day in (first, first + datetime.timedelta(days=1)):  # on a full day there is one time for everybody
		answer = client.get(f"{PLANNER}.propose", first_date=str(day), **asked)
		own = [{key: row[key] for key in KEYS} for row in answer["sessions"]]
		if own[0]["start"] != times[0]["start"]:
			return [*own[:-1], times[-1]]
	raise AssertionError(f"nothing but {own[0]} is free")


def _book(client, entitlement, times):
	return client.request(
		"POST",
		f"{PLANNER}.book_sessions",
		entitlement=entitlement,
		sessions=times,
		idempotency_key=uuid.uuid4().hex,
	)
