"""The environment of the load generator: apart from Frappe's, made when it is first needed."""

import shutil
import sys
from pathlib import Path

from devbench.paths import Bench
from devbench.shell import run
from devbench.stamp import Stamp
from devbench.ui import step


def folder(bench: Bench) -> Path:
	"""Where the environment lies."""
	return bench.root / "loadtest"


def python(bench: Bench) -> Path:
	"""The environment's interpreter."""
	return folder(bench) / "bin" / "python"


def ensure(bench: Bench) -> Path:
	"""Make the environment unless it is there; returns its interpreter.

	The lock file names every package with its version and its hashes, so nothing is resolved anew and
	nothing else is taken. Raises Stop with one line if that fails.
	"""
	lock = bench.devbench / "requirements-loadtest.lock"
	made = python(bench)
	stamp = Stamp(bench.run / "stamps", "loadtest", lock, sys.version, str(folder(bench)))
	if stamp.is_current(made):
		return made
	with step("environment of the load generator"):
		stamp.clear()
		shutil.rmtree(folder(bench), ignore_errors=True)
		# From inside another environment the interpreter that it was made from is the lasting one.
		base = getattr(sys, "_base_executable", sys.executable)
		log = bench.logs / "pip-loadtest.log"
		run([base, "-m", "venv", folder(bench)], what="creating the load generator's environment", log=log)
		options = ("--no-deps", "--no-input", "--progress-bar=off", "--retries=2", "--require-hashes")
		run(
			[made, "-m", "pip", "install", *options, "-r", lock],
			what="packages of the load generator",
			log=log,
			env={"PIP_DISABLE_PIP_VERSION_CHECK": "1"},
		)
		stamp.set()
	return made
