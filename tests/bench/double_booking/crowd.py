"""A crowd of connections that act at random on one small clinic; what is left of it is judged.

Every operation goes through `boundary.command` as an endpoint's would. The clinic is made for it and removed
again; the figures are printed.
"""

import json
import random
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import frappe
from clinic_core.foundation import boundary
from clinic_core.foundation.errors import SlotTakenError

from tests.bench.double_booking import clinic

World = dict[str, Any]


@dataclass(frozen=True)
class Race:
	"""What a crowd does: `choose` what comes next, `act` in one command, `judge` the clinic afterwards.

	`act(world, number, kind, dice, mine)` gives the appointments the patient of this connection has then;
	`judge(world)` what is printed beside the counts.
	"""

	prepare: Callable[[int], World]
	choose: Callable[[random.Random, list[str]], str]
	act: Callable[[World, int, str, random.Random, list[str]], list[str]]
	judge: Callable[[World], dict[str, Any]]


def main(race: Race, site: str, path: str, connections: int, operations: int) -> None:
	"""Let them run and print what came of it."""
	clinic.connect(site, path)
	clinic.clean()
	world = race.prepare(connections)
	gate, results, begun = threading.Barrier(connections), [], time.monotonic()
	threads = [
		threading.Thread(target=_one, args=(race, site, path, world, number, operations, gate, results))
		for number in range(connections)
	]
	for thread in threads:
		thread.start()
	for thread in threads:
		thread.join()
	seconds = time.monotonic() - begun
	frappe.db.rollback()
	try:
		judged = race.judge(world)
	finally:
		clinic.clean()
		frappe.destroy()
	figures = {
		"connections": connections,
		"seconds": round(seconds, 1),
		"operations": dict(sum((seen for seen, _errors in results), Counter())),
		"errors": [error for _seen, errors in results for error in errors][:10],
		**judged,
	}
	sys.stdout.write(json.dumps(figures) + "\n")


def _one(race, site, path, world, number, operations, gate, results):
	dice, seen, errors, mine = random.Random(number), Counter(), [], []
	clinic.connect(site, path)
	try:
		gate.wait()
		for _step in range(operations):
			kind = race.choose(dice, mine)
			try:
				# Kept only once it is committed: a command that is tried again begins from the same.
				mine = boundary.command(
					"crowd", None, lambda kind=kind, mine=mine: race.act(world, number, kind, dice, mine)
				)
				seen[kind] += 1
			except SlotTakenError:
				seen["taken"] += 1
				frappe.local.message_log = []
			except Exception as error:
				errors.append(f"{kind}: {type(error).__name__}: {error}")
	finally:
		frappe.destroy()
		results.append((seen, errors))


def run(race: Race) -> None:
	"""From the command line: SITE SITES_PATH CONNECTIONS OPERATIONS."""
	site, path, connections, operations = sys.argv[1:5]
	main(race, site, path, int(connections), int(operations))
