"""N1: no double booking, proven with 64 database connections × 200 rounds; figures are printed.

The race runs in processes of its own with real commits and its own data (see race.py), outside
the transaction that is rolled back around each test.
"""

import json
import pathlib
import subprocess
import sys

CONNECTIONS, ROUNDS = 64, 200


def test_one_slot_has_one_winner(site, site_name, sites_path, record_property):
	race = pathlib.Path(__file__).parent / "race.py"
	done = subprocess.run(
		[sys.executable, str(race), site_name, str(sites_path), str(CONNECTIONS), str(ROUNDS)],
		capture_output=True,
		text=True,
		cwd=sites_path,
		timeout=300,
	)
	assert done.returncode == 0, done.stderr[-3000:]
	figures = json.loads(done.stdout.splitlines()[-1])
	sys.stdout.write(f"\ndouble booking race: {figures}\n")
	record_property("double_booking_race", figures)
	assert figures["connections"] == CONNECTIONS
	assert figures["errors"] == []
	assert figures["rounds_with_one_winner"] == ROUNDS
	assert figures["doubled"] == 0
	assert figures["owners"] == ROUNDS and figures["cells"] == ROUNDS * 6
	assert not figures["database_retries"].get("booking") and not figures["database_retries"].get("claims")
