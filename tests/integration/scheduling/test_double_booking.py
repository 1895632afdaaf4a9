"""N1: no double booking, proven with 64 database connections × 200 rounds; figures are printed.

The races of tests/bench run in processes of their own with real commits and their own data, outside
the transaction that is rolled back around each test. `./clinic bench double-booking` is the long run.
"""

import json
import os
import subprocess
import sys

CLIENTS, ROUNDS = 64, 200
DESKS, OPERATIONS = 12, 15
RACES = "tests.bench.double_booking"


def run(repo_root, sites_path, program, *given):
	done = subprocess.run(
		[sys.executable, "-m", program, *map(str, given)],
		capture_output=True,
		text=True,
		cwd=sites_path,
		env={**os.environ, "PYTHONPATH": str(repo_root)},
		timeout=300,
	)
	assert done.stdout, done.stderr[-3000:]
	figures = json.loads(done.stdout)
	sys.stdout.write(f"\n{program}: {figures}\n")
	return figures, done.returncode


def test_one_slot_has_one_winner(repo_root, site_name, sites_path, record_property):
	given = ["--site", site_name, "--sites", sites_path, "--clients", CLIENTS, "--rounds", ROUNDS]
	figures, code = run(repo_root, sites_path, RACES, *given, "--json", "-")
	record_property("double_booking_race", figures)
	assert figures["errors"] == []
	assert figures["connections"] == CLIENTS
	assert figures["winners_per_round"] == {"1": ROUNDS}
	assert figures["losers"] == ROUNDS * (CLIENTS - 1)
	assert all(figures["doors"][door]["rounds"] for door in ("claims", "booking", "unlocked"))
	assert set(figures["in_the_database"].values()) == {0}
	# Who locks in order never meets a deadlock, not even one that the boundary would mend.
	assert not figures["doors"]["booking"]["retries"] and not figures["doors"]["claims"]["retries"]
	assert figures["passed"] and code == 0


def test_busy_desks_never_meet_an_error(repo_root, site_name, sites_path, record_property):
	"""Random booking, moving and cancelling: nobody sees a deadlock, every claim is where it belongs."""
	figures, _code = run(
		repo_root, sites_path, f"{RACES}.busy_desks", site_name, sites_path, DESKS, OPERATIONS
	)
	record_property("mixed_race", figures)
	assert figures["errors"] == []
	assert figures["wrong_claims"] == []
	assert {"book", "cancel", "move", "taken"} <= set(figures["operations"])


def test_groups_are_never_overfull_and_nobody_is_beside_who_is_alone(
	repo_root, site_name, sites_path, record_property
):
	"""Joining, leaving, moving and booking alone at the same two times: the seats hold (F13)."""
	figures, _code = run(repo_root, sites_path, f"{RACES}.groups", site_name, sites_path, DESKS, OPERATIONS)
	record_property("group_race", figures)
	assert figures["errors"] == []
	assert figures["faults"] == []
	assert {"group", "leave", "taken"} <= set(figures["operations"])
