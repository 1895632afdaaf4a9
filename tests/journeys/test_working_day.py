"""A short working day: the load generator of `./clinic bench --users` against the demo clinic.

Not for figures: it shows that every role's requests are still what the server understands. It is the
last of the journeys, because its people use up what the demo clinic expects today.
"""

import datetime
import json
import os
import subprocess

import pytest

from devbench import loadtest_env
from devbench.paths import Bench
from tests.bench.http.mix import ROLES

PEOPLE, SECONDS = 14, 8


@pytest.fixture
def subjects(admin, demo):
	"""The demo clinic as the generator wants to know it."""
	today = datetime.date.today()
	patients = admin.rows("Clinic Patient", {"status": "Active"}, ("name", "full_name", "mobile"))
	logins = {role: role for role in ROLES if role != "visitor"} | {"agent": "crm"}
	return {
		"day": str(today),
		"first_day": str(today + datetime.timedelta(days=1)),
		"week_end": str(today + datetime.timedelta(days=7)),
		"last_day": str(today + datetime.timedelta(days=14)),
		"service": "VISIT-SKIN",
		"practitioners": ["DR-01"],
		"branches": [admin.rows("Clinic Appointment", {}, ("branch",))[0]["branch"]],
		"patients": [
			{
				"name": row["name"],
				"full_name": row["full_name"],
				"phone_tail": (row["mobile"] or "0000")[-4:],
				"code": None,
			}
			for row in patients
		],
		"heavy": patients[0]["name"],
		"debtors": [row["name"] for row in patients[:20]],
		"form": "contact",
		"tills": [],
		"accounts": {role: [[f"{name}@clinic.example", demo]] for role, name in logins.items()},
	}


def test_nobody_at_work_meets_a_fault(url, repo_root, subjects, tmp_path, record_property):
	asked, answered = tmp_path / "subjects.json", tmp_path / "answers.json"
	asked.write_text(json.dumps(subjects))
	command = [str(loadtest_env.ensure(Bench())), "-m", "tests.bench.http.load", "--url", url]
	command += ["--subjects", str(asked), "--json", str(answered), "--users", str(PEOPLE)]
	command += ["--seconds", str(SECONDS), "--think", "0.2", "0.6", "--settle", "0"]
	environment = {**os.environ, "PYTHONPATH": str(repo_root)}
	done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=200)
	assert answered.exists(), done.stderr[-3000:]
	(step,) = json.loads(answered.read_text())["steps"]
	record_property("working_day", {key: step[key] for key in ("requests", "per_second", "p50", "p95")})
	assert step["failures"] == []
	assert done.returncode == 0, done.stdout + done.stderr
	asked_for = {row["case"] for row in step["cases"]}
	assert {"board", "crm-office", "day"} <= asked_for, asked_for
	assert asked_for & {"lead-form", "online-page"}, "no visitor came"
	assert step["requests"] > PEOPLE
