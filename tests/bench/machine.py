"""Facts about the machine and the code under measurement, and the anchor that makes runs comparable."""

import datetime
import os
import pathlib
import platform
import subprocess
from typing import Any

import frappe

from tests.bench import measure
from tests.bench.lab import Lab

REPO = pathlib.Path(__file__).resolve().parents[2]
_ANCHOR_TABLE = "bench_anchor"


def facts(lab: Lab) -> dict[str, Any]:
	"""Everything a reader needs to judge the figures; no names of hosts or folders."""
	[(mariadb,)] = lab.rows("SELECT VERSION()")
	[(buffer,)] = lab.rows("SELECT @@innodb_buffer_pool_size")
	return {
		"date": datetime.datetime.now(datetime.timezone.utc).isoformat(timespec="seconds"),
		"machine": {
			"cores": os.cpu_count(),
			"memory_gb": round(_memory_kb() / 2**20, 1),
			"cpu": _cpu_model(),
			"load": [round(value, 2) for value in os.getloadavg()],
		},
		"versions": {
			"python": platform.python_version(),
			"frappe": frappe.__version__,
			"mariadb": mariadb,
			"buffer_pool_mb": buffer // 2**20,
		},
		"commit": _commit(),
	}


def anchor(lab: Lab) -> dict[str, float]:
	"""P50 in ms of work that no change of ours can touch: {python, select, insert, frappe}.

	`frappe` is a list of ten branches with the state of a new request: what Frappe itself takes before
	anything of ours begins.
	"""
	lab.run(f"CREATE TABLE IF NOT EXISTS `{_ANCHOR_TABLE}` (value INT)")

	def python() -> None:
		sum(number * number % 7 for number in range(200_000))

	def select() -> None:
		lab.rows("SELECT 1")

	def insert() -> None:
		lab.run(f"INSERT INTO `{_ANCHOR_TABLE}` VALUES (1)")

	found = {work.__name__: _p50(work) for work in (python, select, insert)}
	lab.run(f"DROP TABLE `{_ANCHOR_TABLE}`")
	lists = [lab.bare_list("Clinic Branch", "Administrator") for _turn in range(30)]
	return {**found, "frappe": measure.percentile([sample.ms for sample in lists], 50)}


def _p50(work: Any) -> float:
	return measure.percentile([measure.timed(work)[0] for _turn in range(30)], 50)


def _memory_kb() -> int:
	for line in pathlib.Path("/proc/meminfo").read_text().splitlines():
		if line.startswith("MemTotal:"):
			return int(line.split()[1])
	return 0


def _cpu_model() -> str:
	for line in pathlib.Path("/proc/cpuinfo").read_text().splitlines():
		if line.startswith("model name"):
			return line.split(":", 1)[1].strip()
	return platform.machine()


def _commit() -> str:
	"""The commit that is measured; a plus sign says that files differ from it."""
	try:
		head = _git("rev-parse", "--short=12", "HEAD")
		return head + ("+" if _git("status", "--porcelain", "--", "apps") else "")
	except (OSError, subprocess.CalledProcessError):
		return "unknown"


def _git(*arguments: str) -> str:
	done = subprocess.run(["git", *arguments], cwd=REPO, check=True, capture_output=True, text=True)
	return done.stdout.strip()
