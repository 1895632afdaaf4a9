"""Readies a data set for a load and puts it back: `python -m tests.bench.http.prepare SITE FILE`.

Writes to FILE whom the load asks about, copies aside what it may change, says `ready` and waits until
its standard input ends, however the load has ended; then it puts the data back. Runs inside the bench.
"""

import json
import pathlib
import signal
import sys
from collections import Counter

from tests.bench import machine
from tests.bench.data import stamp
from tests.bench.http import subjects
from tests.bench.keep import Busy, Keeper
from tests.bench.lab import Lab
from tests.bench.world import SIZES, World

READY = "ready"


def keep(keeper: Keeper, lab: Lab, world: World) -> None:
	"""Copy aside the loaded rows that people of a day change; what they make anew goes by itself."""
	diary, books = world.diary, world.books
	today = [f"ba-{number:07d}" for number in (diary.past, diary.past + diary.today - 1)]
	keeper.keep("tabClinic Appointment", "name BETWEEN %s AND %s", *today)
	keeper.keep("tabClinic Appointment Step", "parent BETWEEN %s AND %s", *today)
	keeper.keep("tabClinic Time Claim", "appointment BETWEEN %s AND %s", *today)
	first = books.sealed_stays - len(books.todays)
	visits = [f"bv-{number:07d}" for number in (first, books.sealed_stays - 1)]
	keeper.keep("tabClinic Visit", "name BETWEEN %s AND %s", *visits)
	keeper.keep("tabClinic Triage", "visit BETWEEN %s AND %s", *visits)
	for doctype, open_rows in (
		("Clinic Reception", "outstanding > 0"),
		("Clinic Lead", "status IN ('New Lead', 'In Progress', 'New Opportunity')"),
		("Clinic Activity", "status = 'Not Done'"),
	):
		keeper.keep_named(
			doctype, [name for (name,) in lab.rows(f"SELECT name FROM `tab{doctype}` WHERE {open_rows}")]
		)


def complaints(lab: Lab) -> dict[str, str]:
	"""What the product has written down because nobody could be told: {name: kind and last line}."""
	found = {}
	for doctype, field in (("Error Log", "error"), ("Clinic Event Failure", "error")):
		for name, said in lab.rows(f"SELECT name, {field} FROM `tab{doctype}`"):
			lines = (said or "").strip().splitlines() or [""]
			found[str(name)] = f"{doctype}: {lines[-1]}"
	return found


def main(site: str, file: pathlib.Path) -> int:
	"""0 when all is as before, 1 if something differs or was logged as an error, 2 if the site cannot be used."""
	# The terminal's Ctrl-C is for the load; we end when our input does.
	signal.signal(signal.SIGINT, signal.SIG_IGN)
	loaded = stamp.read(pathlib.Path(site))
	if not loaded:
		print(f"{site} holds no data set: ./clinic bench loads it", file=sys.stderr)
		return 2
	world, lab = World(SIZES[loaded.size], loaded.day), Lab(site)
	try:
		facts = {"size": loaded.size, **machine.facts(lab), "anchor": machine.anchor(lab)}
		keeper = Keeper(lab)
		keeper.begin()
		try:
			keep(keeper, lab, world)
			before = complaints(lab)
			file.write_text(json.dumps({"facts": facts, **subjects.of_world(world)}, ensure_ascii=False))
			print(READY, flush=True)
			sys.stdin.read()
			logged = {name: said for name, said in complaints(lab).items() if name not in before}
		finally:
			keeper.restore()
		left = keeper.changed()
	except Busy as problem:
		print(problem, file=sys.stderr)
		return 2
	finally:
		lab.close()
	for said, times in Counter(logged.values()).most_common():
		print(f"! logged {times} ×: {said}", file=sys.stderr)
	if left:
		print(f"the load changed rows that are not back: {left}", file=sys.stderr)
	return 1 if left or logged else 0


if __name__ == "__main__":
	sys.exit(main(sys.argv[1], pathlib.Path(sys.argv[2])))
