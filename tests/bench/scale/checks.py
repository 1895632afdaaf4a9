"""What a clinic on several machines relies on; each check says in a sentence what it found.

Raises AssertionError where it does not hold.
"""

import datetime
import statistics
import time
import uuid
from typing import TYPE_CHECKING

import requests

from tests.bench.scale.servers import caught_up
from tests.journeys import names as api
from tests.journeys.client import Client
from tests.journeys.people import new_patient

if TYPE_CHECKING:
	from tests.bench.scale.trial import World

ROUNDS, CLIENTS = 10, 8
REQUESTS = 40
SERVICE, PRACTITIONER = "REVIEW-SKIN", "DR-01"
LIST = "frappe.desk.reportview.get_count"
SALES = "clinic_reception.front_desk.api.chart_sales"


def one_sign_in_serves_on_every_host(world: "World") -> str:
	"""A person who signed in on one host is known on the other."""
	client = _client(world, "reception", world.addresses[0])
	for address in world.addresses:
		client.url = address
		assert client.get("frappe.auth.get_logged_user") == "reception@clinic.example"
	return "the session of host 1 is good on host 2"


def requests_go_to_all_hosts(world: "World") -> str:
	"""Behind the balancer every request finds a host."""
	client = _client(world, "reception", world.front)
	times = []
	for _turn in range(REQUESTS):
		begun = time.monotonic()
		client.get(api.BOARD)
		times.append((time.monotonic() - begun) * 1000)
	return f"{REQUESTS} boards, P50 {statistics.median(times):.0f} ms"


def what_one_host_changes_the_other_shows(world: "World") -> str:
	"""Caches of two hosts do not disagree."""
	manager = _client(world, "manager", world.addresses[0])
	second = _client(world, "reception", world.addresses[1])
	counts = {}
	for turn in range(6):
		step = (15, 30)[turn % 2]
		answer = manager.resource("PUT", "Clinic Settings", "Clinic Settings", slot_step_minutes=step)
		assert answer.status_code == 200, answer.text[:300]
		counts.setdefault(step, set()).add(len(_slots(second)))
	assert all(len(found) == 1 for found in counts.values()) and counts[15] != counts[30], counts
	return "6 changes of the settings on host 1 were seen by the next search on host 2"


def a_job_of_one_host_runs_on_another(world: "World") -> str:
	"""A job queued by an application host is done by the host that has workers."""
	begun = time.monotonic()
	found = world.hosts[0].python(
		"job = frappe.enqueue('clinic_core.foundation.jobs.retry_event_failures', queue='short')\n"
		"import time\n"
		"for _turn in range(300):\n"
		"	if job.get_status(refresh=True) in ('finished', 'failed'): break\n"
		"	time.sleep(0.1)\n"
		"job.refresh(); print(job.get_status(), job.worker_name)"
	)
	status = found.split()[0]
	assert status == "finished", found
	return f"queued on host 1, finished by a worker of host 3 after {time.monotonic() - begun:.1f} s"


def no_double_booking_across_hosts(world: "World") -> str:
	"""People on two hosts want the same time at the same moment; one of them gets it."""
	from tests.bench.scale.trial import together

	names = ("reception", "supervisor", "manager", "consultant")
	clients = [
		_client(world, names[number % len(names)], world.addresses[number % 2]) for number in range(CLIENTS)
	]
	patients = [new_patient(clients[0]) for _client_ in clients]
	wrong = []
	for slot in _slots(clients[0])[:ROUNDS]:
		pairs = zip(clients, patients, strict=True)
		codes = sorted(together([lambda c=c, p=p, s=slot: _book(c, p, s) for c, p in pairs]))
		if codes != [200, *[409] * (CLIENTS - 1)]:
			wrong.append(codes)
	assert not wrong, wrong
	return f"{ROUNDS} rounds of {CLIENTS} clients on two hosts: one winner each, the others were told 409"


def lists_are_read_from_the_replica(world: "World") -> str:
	"""Lists and reports do not cost the primary anything but the session."""
	client = _client(world, "manager", world.front)
	asked = {"list": (LIST, {"doctype": "Clinic Patient", "filters": "[]"}), "chart of sales": (SALES, {})}
	found = []
	for name, (method, arguments) in asked.items():
		client.get(method, **arguments)
		before = world.primary.selects(), world.replica.selects()
		for _turn in range(REQUESTS):
			client.get(method, **arguments)
		primary, replica = world.primary.selects() - before[0], world.replica.selects() - before[1]
		assert replica >= REQUESTS, f"{name}: only {replica} SELECTs reached the replica"
		found.append(
			f"{REQUESTS} times the {name}: {replica} SELECTs on the replica, {primary} on the primary"
		)
	return "; ".join(found)


def the_replica_is_close_behind(world: "World") -> str:
	"""What was written is on the replica a moment later."""
	client = _client(world, "reception", world.front)
	lags = []
	for _turn in range(10):
		new_patient(client)
		lags.append(caught_up(world.primary, world.replica) * 1000)
	return f"10 registrations: applied on the replica after {statistics.median(lags):.0f} ms, at most {max(lags):.0f}"


def a_lost_host_is_not_noticed(world: "World") -> str:
	"""One application host is killed while people work; the other takes over."""
	from tests.bench.scale.trial import kill

	client = _client(world, "reception", world.front)
	kill(world.webs[0])
	codes = [client.request("GET", api.BOARD).status_code for _turn in range(REQUESTS)]
	assert codes == [200] * REQUESTS, codes
	return f"{REQUESTS} requests after the kill: all were answered"


def without_the_replica_lists_say_so_and_the_desk_works(world: "World") -> str:
	"""The replica is stopped: what reads from it fails, the front desk does not."""
	from tests.bench.scale.trial import kill

	client = _client(world, "reception", world.front)
	kill(world.replica.process)
	assert client.request("GET", api.BOARD).status_code == 200
	new_patient(client)
	code = client.request("GET", LIST, doctype="Clinic Patient", filters="[]").status_code
	return f"the board and a registration work; a list answers {code} until read_from_replica is off"


ALL = [
	one_sign_in_serves_on_every_host,
	requests_go_to_all_hosts,
	what_one_host_changes_the_other_shows,
	a_job_of_one_host_runs_on_another,
	no_double_booking_across_hosts,
	lists_are_read_from_the_replica,
	the_replica_is_close_behind,
	a_lost_host_is_not_noticed,
	without_the_replica_lists_say_so_and_the_desk_works,
]


def _client(world: "World", name: str, address: str) -> Client:
	return Client(address, f"{name}@clinic.example", world.password, site=world.site)


def _slots(client: Client) -> list[dict]:
	today = datetime.date.today()
	found = client.get(
		api.SLOTS,
		service=SERVICE,
		practitioner=PRACTITIONER,
		limit=400,
		from_date=str(today + datetime.timedelta(days=20)),
		to_date=str(today + datetime.timedelta(days=40)),
	)
	assert len(found) >= ROUNDS, f"only {len(found)} free times"
	return found


def _book(client: Client, patient: str, slot: dict) -> int:
	answer: requests.Response = client.request(
		"POST",
		api.BOOK,
		patient=patient,
		service=SERVICE,
		practitioner=slot["practitioner"],
		start=slot["start"],
		branch=slot["branch"],
		idempotency_key=uuid.uuid4().hex,
	)
	return answer.status_code
