"""`python -m tests.bench.data load|check|show SIZE`, inside the bench (`./clinic bench` calls it)."""

import argparse
import datetime
import sys

from devbench.ui import Stop
from tests.bench.data import loading
from tests.bench.world import SIZES


def main() -> int:
	"""Run one command; returns the exit code."""
	parser = argparse.ArgumentParser(prog="python -m tests.bench.data", description=__doc__)
	parser.add_argument("command", choices=("load", "ensure", "check"))
	parser.add_argument("size", choices=tuple(SIZES))
	parser.add_argument("--anchor", type=datetime.date.fromisoformat, help="the day the data set is of")
	given = parser.parse_args()
	try:
		if given.command == "load":
			loading.load(given.size, given.anchor)
		elif given.command == "ensure":
			loading.ensure(given.size)
		else:
			from tests.bench.data import checks

			return checks.run(given.size)
	except Stop as stop:
		print(f"✗ {stop}", file=sys.stderr)
		return 1
	return 0


if __name__ == "__main__":
	sys.exit(main())
