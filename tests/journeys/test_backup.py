"""A manager backs the clinic up by hand: from the button over queue and worker to the verdict."""

import time

import pytest
from clinic_core.operations.backup import scratch_server

DOCTYPE = "Clinic Backup"
START = "clinic_core.operations.backup.api.back_up_now"
SECONDS = 240


@pytest.mark.skipif(not scratch_server.is_installed(), reason="MariaDB's server is not installed")
def test_back_up_now(sign_in):
	manager = sign_in("manager")
	before = {row["name"] for row in manager.rows(DOCTYPE, {})}
	assert manager.post(START) == {"started": True}
	deadline, new = time.monotonic() + SECONDS, []
	while not (new and new[0]["status"] != "Running"):
		assert time.monotonic() < deadline, f"the backup did not end: {new}"
		time.sleep(1)
		rows = manager.rows(DOCTYPE, {}, ("name", "status", "started_by", "problems"))
		new = [row for row in rows if row["name"] not in before]
		if new and new[0]["status"] == "Running":
			assert manager.post(START) == {"started": False}, "never two at once"
	assert [(row["status"], row["started_by"], row["problems"]) for row in new] == [("Verified", "User", "")]
	answer = manager.request(
		"GET", "frappe.desk.form.load.getdoc", doctype=DOCTYPE, name=new[0]["name"]
	).json()
	report = answer["docs"][0]["__onload"]["report"]
	assert all(check["ok"] for check in report)
	assert len(report) > 12
