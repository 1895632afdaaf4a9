"""Proof against double booking: `python -m tests.bench.double_booking --site NAME`, inside the bench.

Many database connections all want the same time, round after round, through the product's own code.
Exactly one may win each round, and nobody may meet a deadlock. The race makes a clinic of its own and
removes it again, also when it is interrupted; what a killed race left behind goes at the next start.
"""

import argparse
import contextlib
import fcntl
import json
import os
import pathlib
import signal
import sys

import frappe
from clinic_core.foundation import settings
from frappe.utils import getdate

from tests.bench.double_booking import clinic, doors, plan, race, verdict

HORIZON_DAYS = 180


def arguments(given):
	"""The command line."""
	parser = argparse.ArgumentParser(prog="double-booking", description=__doc__.splitlines()[0])
	parser.add_argument("--site", required=True)
	parser.add_argument("--sites", default=os.environ.get("SITES_PATH", "."), help="the bench's sites folder")
	parser.add_argument("--clients", type=_positive, default=64, help="database connections")
	parser.add_argument("--rounds", type=_positive, default=10_000)
	parser.add_argument("--processes", type=_positive, default=4, help="which share the clients")
	shares = ",".join(f"{door}={share}" for door, share in plan.DEFAULT_SHARES.items())
	parser.add_argument(
		"--doors", type=_shares, default=plan.DEFAULT_SHARES, help=f"shares of the rounds (default {shares})"
	)
	parser.add_argument("--json", metavar="FILE", help="write the figures as JSON; - is the screen")
	return parser.parse_args(given)


def _positive(text):
	if not text.isdecimal() or not int(text):
		raise argparse.ArgumentTypeError("must be a whole number above zero")
	return int(text)


def _shares(text):
	try:
		return plan.parse_shares(text)
	except ValueError as problem:
		raise argparse.ArgumentTypeError(str(problem)) from None


def prove(site, sites_path, rounds, shares, clients, processes):
	"""Run the race on a site and look at what it left; returns the figures. Leaves nothing behind."""
	clinic.connect(site, sites_path)
	clinic.clean()
	horizon = settings.get("booking_horizon_days") or HORIZON_DAYS
	rounds = plan.plan(rounds, shares, getdate(), min(horizon, HORIZON_DAYS))
	try:
		world = clinic.prepare(clients, 1 + max(round_.practitioner for round_ in rounds))
		# A connection must not be shared with the children.
		frappe.destroy()
		seconds, tally = race.run(site, sites_path, world, rounds, clients, processes)
		clinic.connect(site, sites_path)
		audit = verdict.audit(*_expected(world, rounds, tally), *_found(world))
	finally:
		_ignore_signals()
		if not getattr(frappe.local, "db", None):
			clinic.connect(site, sites_path)
		clinic.clean()
		frappe.destroy()
	return verdict.figures([round_.door for round_ in rounds], clients, tally, seconds, audit)


def _expected(world, rounds, tally):
	"""The claims that the reported winners must hold, and their appointments."""
	claims, booked = set(), set()
	for round_ in rounds:
		for contender, name in tally.wins.get(round_.number, ()):
			for want in doors.wants(world, round_, contender):
				claims.update((want.key, cell, 0, name) for cell in want.cells)
			if round_.door == "booking":
				booked.add(name)
	return claims, booked


def _found(world):
	"""All claims of the race's people, and the appointments of its practitioners, as the database has them."""
	keys = [f"PR:{name}" for name in world["practitioners"]] + [f"PT:{name}" for name in world["patients"]]
	fields = ["resource_key", "cell", "seat", "appointment"]
	claims = [
		tuple(row)
		for key in keys
		for row in frappe.get_all("Clinic Time Claim", {"resource_key": key}, fields, as_list=True)
	]
	filters = {"practitioner": ("in", world["practitioners"])}
	return claims, set(frappe.get_all("Clinic Appointment", filters, pluck="name"))


@contextlib.contextmanager
def _alone(site, sites_path):
	"""One race at a time on a site. Raises race.Broken; the lock goes with the process that holds it."""
	with (sites_path / site / "locks" / "double_booking.lock").open("w") as handle:
		try:
			fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
		except BlockingIOError:
			raise race.Broken(f"another race runs on {site}") from None
		yield


def _interrupt(*_):
	raise KeyboardInterrupt


def _catch_signals():
	for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
		signal.signal(number, _interrupt)


def _ignore_signals():
	"""A second Ctrl-C must not leave half of the race's clinic behind."""
	for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
		signal.signal(number, signal.SIG_IGN)


def main(given):
	"""Race, print, and return the exit code: 0 passed, 1 not, 130 interrupted."""
	args = arguments(given)
	sites_path = pathlib.Path(args.sites).resolve()
	if not (sites_path / args.site / "site_config.json").is_file():
		sys.stderr.write(f"double-booking: there is no site {args.site} in {args.sites}\n")
		return 2
	json_file = pathlib.Path(args.json).resolve() if args.json not in (None, "-") else None
	os.chdir(sites_path)
	_catch_signals()
	try:
		with _alone(args.site, sites_path):
			found = prove(args.site, sites_path, args.rounds, args.doors, args.clients, args.processes)
	except KeyboardInterrupt:
		sys.stderr.write("double-booking: interrupted; the race's clinic is removed\n")
		return 130
	except race.Broken as problem:
		sys.stderr.write(f"double-booking: {problem}\n")
		return 1
	text = json.dumps(found, indent="\t")
	if json_file:
		json_file.write_text(text + "\n")
	print(text if args.json == "-" else verdict.table(found))
	return 0 if found["passed"] else 1


if __name__ == "__main__":
	sys.exit(main(sys.argv[1:]))
