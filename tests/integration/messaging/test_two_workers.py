"""Two workers and a killed one, against a gateway that misbehaves: none lost, none twice (N9, figures).

Real processes and real commits; what is written is removed again. All of it:

    CLINIC_MESSAGES=10000 ./clinic test tests/integration/messaging/test_two_workers.py
"""

import collections
import os
import pathlib
import subprocess
import sys
import time

import pytest
from frappe.utils import add_to_date, now_datetime

from tests.kavenegar_server import KEY, Kavenegar

COUNT = int(os.environ.get("CLINIC_MESSAGES", 1000))
REPO = pathlib.Path(__file__).resolve().parents[3]
TEMPLATE, GATEWAY = "TEST-TWO-WORKERS", "TEST-TWO-WORKERS"
AT_ONCE = str(min(200, max(10, COUNT // 40)))
OPEN = ("Queued", "Sending", "Unknown")


@pytest.fixture
def site(frappe_site):
	"""Real commits, unlike everywhere else."""
	frappe = frappe_site
	_clean(frappe)
	yield frappe
	_clean(frappe)


def _clean(frappe):
	frappe.db.rollback()
	frappe.set_user("Administrator")
	frappe.db.delete("Clinic Message", {"template": TEMPLATE})
	frappe.db.delete("Clinic SMS Gateway Call", {"gateway": GATEWAY})
	if frappe.db.get_single_value("Clinic Settings", "sms_gateway") == GATEWAY:
		frappe.db.set_single_value("Clinic Settings", "sms_gateway", None)
	for doctype in ("Clinic Message Template", "Clinic SMS Gateway"):
		frappe.delete_doc(doctype, TEMPLATE, ignore_missing=True, force=True)
	frappe.db.commit()


@pytest.fixture
def server():
	chances = {"lost": 0.1, "slow": 0.05, "dropped": 0.1, "half": 0.05, "409": 0.05}
	with Kavenegar(late_seconds=1.3, chances=chances, bad_numbers={"09350000007"}) as running:
		yield running


def _make(site, server):
	from clinic_core.messaging import outbox
	from clinic_core.messaging.drafts import Draft

	values = {"kind": "Kavenegar", "api_key": KEY, "address": server.address, "timeout_seconds": 1}
	values["service_line"] = "10004346"
	site.get_doc(
		{"doctype": "Clinic SMS Gateway", "code": GATEWAY, "title": "Two workers", **values}
	).insert()
	texts = [{"language": "en", "text": "Message {reason}"}]
	site.get_doc(
		{"doctype": "Clinic Message Template", "code": TEMPLATE, "title": "Two workers", "texts": texts}
	).insert()
	site.db.set_single_value("Clinic Settings", "sms_gateway", GATEWAY)
	drafts = [
		Draft(TEMPLATE, key=str(number), to=f"+98935{number:07d}", values={"reason": str(number)})
		for number in range(COUNT)
	]
	names = outbox.queue_many(drafts)
	site.db.commit()
	assert all(names)


def _worker(site_name, sites_path):
	path = os.pathsep.join([str(REPO), os.environ.get("PYTHONPATH", "")])
	return subprocess.Popen(
		[sys.executable, "-m", "tests.integration.messaging.worker", site_name, str(sites_path), AT_ONCE],
		cwd=REPO,
		env={**os.environ, "PYTHONPATH": path},
		stdout=subprocess.PIPE,
		text=True,
	)


def _counts(site):
	site.db.rollback()
	rows = site.get_all("Clinic Message", {"template": TEMPLATE}, pluck="status", limit_page_length=0)
	return collections.Counter(rows)


def _later(site):
	"""The next minutes: nobody works any more, so what is being sent is lost, and all is due."""
	from clinic_core.messaging import asking, sending

	mine = {"template": TEMPLATE}
	past = {"attempted_at": add_to_date(now_datetime(), seconds=-600), "ask_at": now_datetime()}
	site.db.set_value("Clinic Message", {**mine, "status": ("in", ("Sending", "Unknown"))}, past)
	site.db.set_value("Clinic Message", {**mine, "status": "Queued"}, "not_before", now_datetime())
	site.db.commit()
	sending.give_up_stale()
	site.db.commit()
	while asking.ask_unknown() == asking.MOST_ASKED:
		pass


def test_none_is_lost_and_none_goes_twice(site, server, site_name, sites_path):
	_make(site, server)
	first, second = (_worker(site_name, sites_path) for _number in range(2))
	until = time.monotonic() + 60
	while not server.accepted and time.monotonic() < until:
		time.sleep(0.01)
	first.kill()
	first.wait()
	second.wait(timeout=300)
	for _round in range(60):
		if not any(_counts(site)[status] for status in OPEN):
			break
		_later(site)
		for worker in [_worker(site_name, sites_path) for _number in range(2)]:
			worker.wait(timeout=300)
	counts = _counts(site)
	assert sum(counts.values()) == COUNT and set(counts) <= {"Sent", "Delivered", "Failed"}, counts
	assert counts["Failed"] == 1, "the bad number, and nobody else"
	assert set(server.accepted.values()) == {1}, "nobody got a message twice"
	assert len(server.accepted) == COUNT - 1, "everybody else got his"
	texts = collections.Counter(row["message"] for row in server.messages.values())
	assert set(texts.values()) == {1}
