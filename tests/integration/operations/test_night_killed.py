"""A night that is killed and run again ends as a night that was left alone (E123).

Real processes and real commits in a site of its own. Half of the kills come at a random moment, from
outside, also in the middle of a statement; half right before or after a random statement, so that the
edges of every transaction are met too. More of it:

    CLINIC_NIGHT_ROUNDS=50 CLINIC_NIGHT_APPOINTMENTS=5000 ./clinic test tests/integration/operations/test_night_killed.py
"""

import json
import os
import random
import signal
import subprocess
import sys
import time

import pytest

from tests.integration.operations.night.scratch import ScratchSite

ROUNDS = int(os.environ.get("CLINIC_NIGHT_ROUNDS", 3))
KILLS = 4
APPOINTMENTS = int(os.environ.get("CLINIC_NIGHT_APPOINTMENTS", 400))
SEED = int(os.environ.get("CLINIC_NIGHT_SEED", 20261121))
# Small chunks make many transactions of little data; the product's own chunk is a thousand.
CHUNK = max(APPOINTMENTS // 10, 25)
RUNNER = "tests.integration.operations.night.runner"


class Runner:
	"""Gives tasks to processes of the scratch site, and kills them."""

	def __init__(self, site, repo):
		arguments = [sys.executable, "-m", RUNNER, site.name, str(site.sites_path), str(CHUNK)]
		path = os.pathsep.join([str(repo), os.environ.get("PYTHONPATH", "")])
		self.process = subprocess.Popen(
			arguments,
			cwd=repo,
			env={**os.environ, "PYTHONPATH": path},
			stdin=subprocess.PIPE,
			stdout=subprocess.PIPE,
			text=True,
		)

	def do(self, task, **given):
		"""Run a task to its end and return the answer."""
		self._send(task, given)
		self._read("pid")
		answer = self._read("answer")
		assert self._read("ended") == 0
		return answer

	def kill(self, after=None, **given):
		"""Run a night that is killed after some seconds or kills itself. Returns whether it was."""
		self._send("night", given)
		pid = self._read("pid")
		if after is not None:
			time.sleep(after)
			os.kill(pid, signal.SIGKILL)
		line = json.loads(self.process.stdout.readline())
		ended = self._read("ended") if "answer" in line else line["ended"]
		assert ended in (0, -signal.SIGKILL), ended
		return ended != 0

	def night(self):
		"""A night to its end. The server may need a moment to notice that a killed one is gone."""
		for _attempt in range(50):
			answer = self.do("night")
			if answer["status"]:
				return answer
			time.sleep(0.1)
		raise AssertionError("the lock of a killed night is still held")

	def close(self):
		"""End the runner."""
		self.process.stdin.close()
		assert self.process.wait(30) == 0

	def _send(self, task, given):
		self.process.stdin.write(json.dumps({"task": task, **given}) + "\n")
		self.process.stdin.flush()

	def _read(self, key):
		line = self.process.stdout.readline()
		assert line, "the runner died"
		return json.loads(line)[key]


@pytest.fixture(scope="module")
def scratch(site_name, sites_path):
	site = ScratchSite(sites_path, site_name, f"night-{site_name}")
	site.make()
	yield site
	site.drop()


@pytest.fixture(scope="module")
def runner(scratch, repo_root):
	runner = Runner(scratch, repo_root)
	yield runner
	runner.close()


@pytest.fixture(scope="module")
def undisturbed(runner, scratch):
	"""{since, tables, statements, seconds} of a night that nobody disturbed."""
	since = runner.do("build", appointments=APPOINTMENTS, seed=SEED)
	scratch.keep()
	before = runner.do("look", since=since)["tables"]
	started = time.monotonic()
	answer = runner.night()
	seconds = time.monotonic() - started
	assert answer["status"] == "Done"
	tables = runner.do("look", since=since)["tables"]
	changed = {name for name in tables if tables[name] != before[name]}
	assert changed >= {
		"Clinic Appointment",
		"Clinic Session",
		"Clinic Session Plan",
		"Clinic Time Claim",
		"Clinic Entitlement",
		"Clinic Entitlement Entry",
		"Clinic Lead",
		"Clinic Lead Status Log",
		"Clinic Activity",
	}
	assert tables["Clinic Event Failure"] == before["Clinic Event Failure"]
	assert tables["Error Log"] == before["Error Log"]
	return {"since": since, "tables": tables, "statements": answer["statements"], "seconds": seconds}


def differing(tables, expected):
	return {name: (tables[name], expected[name]) for name in expected if tables[name] != expected[name]}


@pytest.mark.parametrize("turn", range(ROUNDS))
def test_killed_and_run_again_it_ends_as_if_undisturbed(runner, scratch, undisturbed, turn):
	dice = random.Random(f"{SEED}-{turn}")
	scratch.put_back()
	killed = 0
	for number in range(KILLS):
		if number % 2:
			# Each kill leaves less to do: short waits meet the beginnings, where most of it happens.
			killed += runner.kill(after=dice.uniform(0, undisturbed["seconds"] / KILLS))
		else:
			at = dice.randint(1, undisturbed["statements"] // KILLS)
			killed += runner.kill(die_at=at, before=dice.random() < 0.5)
	assert runner.night()["status"] == "Done"
	if turn == 0:  # and once more changes nothing
		runner.night()
	found = runner.do("look", since=undisturbed["since"])
	assert differing(found["tables"], undisturbed["tables"]) == {}
	# A kill before the record's first commit leaves none.
	assert found["errors"] == []
	assert set(found["runs"]) <= {"Ended Without a Word", "Done"}
	assert found["runs"].count("Ended Without a Word") <= killed
	assert found["runs"][-1] == "Done"
	assert not found["going_on"]


def test_a_killed_night_is_known_as_one_that_ended_without_a_word(runner, scratch, undisturbed):
	scratch.put_back()
	assert runner.kill(die_at=undisturbed["statements"] // 2)
	runs = runner.do("look", since=undisturbed["since"])
	assert runs["runs"][-1] == "Running" and not runs["going_on"]
	runner.night()
	runs = runner.do("look", since=undisturbed["since"])["runs"]
	assert runs[-2:] == ["Ended Without a Word", "Done"]


def test_missed_nights_are_caught_up_as_if_none_had_been_missed(runner, scratch, undisturbed):
	"""Every night of the last five weeks one by one, or all of it in one night."""
	scratch.put_back()
	runner.do("earlier_nights", days=36)
	runner.night()
	found = runner.do("look", since=undisturbed["since"])["tables"]
	assert differing(found, undisturbed["tables"]) == {}


def test_two_nights_never_run_side_by_side(runner, undisturbed):
	assert runner.do("beside_another") == {"status": None, "going_on": True}
