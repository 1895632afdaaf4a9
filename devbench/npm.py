"""The npm packages of Frappe's assets and of the realtime server, from their lock file."""

import shutil

from devbench.debian import find
from devbench.paths import Bench
from devbench.shell import run
from devbench.stamp import Stamp
from devbench.ui import step


def ensure(bench: Bench) -> None:
	"""Install exactly what package-lock.json names; no package may run a script of its own."""
	source = bench.devbench / "assets"
	stamp = Stamp(
		bench.run / "stamps", "npm", source / "package.json", source / "package-lock.json", str(bench.npm)
	)
	if stamp.is_current(bench.npm / "node_modules"):
		return
	with step("npm packages"):
		stamp.clear()
		for name in ("package.json", "package-lock.json"):
			shutil.copyfile(source / name, bench.npm / name)
		run(
			[
				*(find("npm"), "ci", "--ignore-scripts", "--no-audit", "--no-fund"),
				# What is in the cache is what the lock file names; a network that is away shows soon.
				*("--prefer-offline", "--fetch-retries=2", "--fetch-retry-maxtimeout=10000"),
			],
			what="installing npm packages",
			log=bench.logs / "npm.log",
			cwd=bench.npm,
		)
		stamp.set()
