"""`./clinic bench --users N`: the web server of a data set's site, and people who work with it.

Starts nginx, gunicorn and workers for the site, prepares the data, lets the load generator run in its
own environment, and undoes all of it, also after Ctrl-C. Plain Python: no Frappe, no locust.
"""

import json
import os
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from devbench import control, loadtest_env, provision
from devbench.paths import Bench
from devbench.services import bench_env, define_web, url
from devbench.ui import Stop, step

FORMAT = 1
SECONDS = 60.0


def run(
	bench: Bench,
	site: str,
	users: Sequence[int] = (40,),
	seconds: float = SECONDS,
	json_file: Path | None = None,
	saturate: int | None = None,
	think: tuple[float, float] | None = None,
) -> int:
	"""Let each number of `users` work for `seconds`, or with `saturate` ever more (at most that many)
	until P50 doubles. Prints tables, writes `json_file`. The databases must run.

	0: nothing failed. 1: a request failed, or the data set could not be put back. Raises Stop.
	"""
	python = loadtest_env.ensure(bench)
	with tempfile.TemporaryDirectory(dir=bench.run) as folder:
		subjects, answers = Path(folder, "subjects.json"), Path(folder, "answers.json")
		with _data(bench, site, subjects) as data, _web(bench, site) as address:
			command = [str(python), "-m", "tests.bench.http.load", "--url", address]
			command += ["--subjects", str(subjects), "--json", str(answers), "--seconds", str(seconds)]
			command += ["--saturate", str(saturate)] if saturate else ["--users", *map(str, users)]
			command += ["--think", *map(str, think)] if think else []
			code = _wait(subprocess.Popen(command, env={**os.environ, "PYTHONPATH": str(bench.repo)}))
		if data.returncode:
			code = code or 1
		if answers.exists() and json_file:
			facts = json.loads(subjects.read_text())["facts"]
			_write(json_file, document(facts, json.loads(answers.read_text())))
	return code


def document(facts: dict[str, Any], found: dict[str, Any]) -> dict[str, Any]:
	"""The file: as the cases write it, each step with its rows; `cases` are those of the last step."""
	return {"format": FORMAT, **facts, **found, "cases": found["steps"][-1]["cases"]}


def _write(path: Path, found: dict[str, Any]) -> None:
	path.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n")
	print(f"\nwritten to {path}")


def _wait(process: subprocess.Popen) -> int:
	while True:
		try:
			return process.wait()
		except KeyboardInterrupt:
			# The terminal sent it there as well.
			continue


@contextmanager
def _data(bench: Bench, site: str, file: Path) -> Iterator[subprocess.Popen]:
	"""The data set made ready, and put back at the end."""
	process = subprocess.Popen(
		[str(bench.python), "-m", "tests.bench.http.prepare", site, str(file)],
		cwd=bench.sites,
		env={**os.environ, **bench_env(bench)},
		stdin=subprocess.PIPE,
		stdout=subprocess.PIPE,
		text=True,
	)
	with step("data made ready for a load"):
		if process.stdout.readline().strip() != "ready":
			raise Stop(f"{site} could not be made ready: see above")
	try:
		yield process
	finally:
		with step("data put back"):
			process.stdin.close()
			_wait(process)


@contextmanager
def _web(bench: Bench, site: str) -> Iterator[str]:
	"""The site's web server with background workers, as `./clinic up` runs them; its address."""
	group = f"load-{site}"
	control.stop(bench, group)
	with step(f"web processes of {site}"), provision.lock(bench):
		data = provision.databases(bench)
		ports = define_web(bench, group, site, control.running_groups(bench), data, watch=False)
		try:
			control.start(bench, group)
			control.wait_healthy(bench, group)
		except BaseException:
			control.stop(bench, group)
			raise
	try:
		yield url(ports["http"])
	finally:
		control.stop(bench, group)
