"""N1: no double booking, proven with 64 database connections × 200 rounds; figures are printed.

The race runs in processes of its own with real commits and its own data (see race.py), outside
the transaction that is rolled back around each test.
"""

import json
import pathlib
import subprocess
import sys

CONNECTIONS, ROUNDS = 64, 200
DESKS, OPERATIONS = 12, 15
HERE = pathlib.Path(__file__).parent


def run(program, site_name, sites_path, *numbers):
	done = subprocess.run(
		[sys.executable, str(HERE / program), site_name, str(sites_path), *map(str, numbers)],
		capture_output=True,
		text=True,
		cwd=sites_path,
		timeout=300,
	)
	assert done.returncode == 0, done.stderr[-3000:]
	figures = json.loads(done.stdout.splitlines()[-1])
	sys.stdout.write(f"\n{program}: {figures}\n")
	return figures


def test_one_slot_has_one_winner(site_name, sites_path, record_property):
	figures = run("race.py", site_name, sites_path, CONNECTIONS, ROUNDS)
	record_property("double_booking_race", figures)
	assert figures["connections"] == CONNECTIONS
	assert figures["errors"] == []
	assert figures["rounds_with_one_winner"] == ROUNDS
	assert figures["doubled"] == 0
	assert figures["owners"] == ROUNDS and figures["cells"] == ROUNDS * 6
	assert not figures["database_retries"].get("booking") and not figures["database_retries"].get("claims")


def test_busy_desks_never_meet_an_error(site_name, sites_path, record_property):
	"""Random booking, moving and cancelling: nobody sees a deadlock, every claim is where it belongs."""
	figures = run("mixed_race.py", site_name, sites_path, DESKS, OPERATIONS)
	record_property("mixed_race", figures)
	assert figures["errors"] == []
	assert figures["wrong_claims"] == []
	assert {"book", "cancel", "move", "taken"} <= set(figures["operations"])
