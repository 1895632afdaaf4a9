"""Everything that is made before the first process starts; every step is skipped when its inputs are the same."""

import fcntl
import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed, wait
from contextlib import contextmanager

from devbench import bundles, debian, frappe_source, mariadb, npm, pyenv, sites
from devbench.control import settled_groups, start
from devbench.paths import Bench
from devbench.services import DATA, define_data
from devbench.settings import passwords
from devbench.shell import stop_running
from devbench.ui import Stop, say

# Environment 0.5 GB, npm packages 0.3, databases and logs that grow.
NEEDED_BYTES = 3 * 10**9


@contextmanager
def lock(bench: Bench) -> Iterator[None]:
	"""Two terminals must not provision at once; the lock goes with the process that holds it."""
	bench.make_folders()
	with (bench.run / "lock").open("w") as handle:
		try:
			fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
		except BlockingIOError:
			say("  … waiting: another ./clinic is provisioning this bench")
			fcntl.flock(handle, fcntl.LOCK_EX)
		yield


def together(*jobs: Callable[[], None]) -> None:
	"""Run jobs side by side: one waits for the network while the other computes.

	The first failure counts, and the others are not waited for.
	"""
	with ThreadPoolExecutor(len(jobs)) as pool:
		futures = [pool.submit(job) for job in jobs]
		try:
			for future in as_completed(futures):
				future.result()
		except BaseException:
			# Again until all are gone: one may be just about to start its program.
			while wait(futures, timeout=0.2).not_done:
				stop_running()
			raise


def _check_disk(bench: Bench) -> None:
	"""Say before the first download that it will not fit."""
	free = shutil.disk_usage(bench.root).free
	if free < NEEDED_BYTES and not bench.python.exists():
		raise Stop(f"the bench needs 3 GB of disk, {free / 1e9:.1f} GB are free: make room and try again")


def environment(bench: Bench, for_tests: bool = False) -> None:
	"""Debian packages and the Python environment; enough for unit tests."""
	bench.make_folders()
	_check_disk(bench)
	debian.ensure(debian.NEEDED, bench.run, bench.logs / "apt.log")
	pyenv.ensure_venv(bench)

	def python() -> None:
		pyenv.ensure_packages(bench)
		if for_tests:
			pyenv.ensure_test_packages(bench)

	def frappe_and_assets() -> None:
		frappe_source.ensure(bench)
		pyenv.link_apps(bench)

	together(python, frappe_and_assets)
	frappe_source.ensure_packages(bench)


def everything(bench: Bench, for_tests: bool = False) -> dict[str, int]:
	"""All that a site needs, with the databases running at the end; returns their ports."""
	bench.make_folders()
	_check_disk(bench)
	debian.ensure(debian.NEEDED, bench.run, bench.logs / "apt.log")
	passwords(bench)
	pyenv.ensure_venv(bench)

	def python() -> None:
		pyenv.ensure_packages(bench)
		if for_tests:
			pyenv.ensure_test_packages(bench)

	def assets() -> None:
		together(
			lambda: npm.ensure(bench),
			lambda: frappe_source.ensure(bench),
			lambda: mariadb.ensure_data(bench),
		)
		pyenv.link_apps(bench)
		bundles.ensure(bench)

	together(python, assets)
	frappe_source.ensure_packages(bench)
	return databases(bench)


def databases(bench: Bench) -> dict[str, int]:
	"""Start MariaDB, Redis and the mail box unless they run."""
	ports = define_data(bench, settled_groups(bench, DATA))
	start(bench, DATA)
	mariadb.wait_ready(bench)
	sites.write_common_config(bench, ports)
	return ports
