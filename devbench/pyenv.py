"""The bench's own Python environment, installed from lock files."""

import os
import shutil
import sys
from pathlib import Path

from devbench.paths import Bench
from devbench.shell import run
from devbench.stamp import Stamp, write_atomic
from devbench.ui import step


def ensure_venv(bench: Bench) -> None:
	"""Create the virtual environment; a new interpreter or another folder means a new one."""
	stamp = Stamp(
		bench.run / "stamps", "venv", sys.version, str(Path(sys.executable).resolve()), str(bench.env)
	)
	if stamp.is_current(bench.python):
		return
	with step("Python environment"):
		stamp.clear()
		shutil.rmtree(bench.env, ignore_errors=True)
		# From inside another environment the interpreter that it was made from is the lasting one.
		base = getattr(sys, "_base_executable", sys.executable)
		run(
			[base, "-m", "venv", bench.env],
			what="creating the Python environment",
			log=bench.logs / "venv.log",
		)
		for name in ("python", "python-test"):
			(bench.run / "stamps" / name).unlink(missing_ok=True)
		stamp.set()


def _install(bench: Bench, lock: Path, stamp_name: str, title: str) -> None:
	"""Install one lock file; versions are exact, so nothing is resolved anew."""
	stamp = Stamp(bench.run / "stamps", stamp_name, lock, bench.env / "pyvenv.cfg")
	if stamp.is_current(bench.python):
		return
	with step(title):
		stamp.clear()
		run(
			[
				bench.python,
				"-m",
				"pip",
				"install",
				"--no-deps",
				"--no-input",
				"--progress-bar=off",
				"--retries=2",
				"-r",
				lock,
			],
			what=title,
			log=bench.logs / f"pip-{stamp_name}.log",
			# A cache of compiled wheels is pip's own, outside the repository, as for every other project.
			env={"PIP_DISABLE_PIP_VERSION_CHECK": "1"},
		)
		stamp.set()


def ensure_packages(bench: Bench) -> None:
	"""What Frappe and the bench need at run time."""
	_install(bench, bench.devbench / "requirements.lock", "python", "Python packages")


def ensure_test_packages(bench: Bench) -> None:
	"""What only the tests and the linters need."""
	_install(bench, bench.devbench / "requirements-test.lock", "python-test", "Python packages for the tests")


def link_apps(bench: Bench) -> None:
	"""Put Frappe and our apps on the path and below bench/apps, where Frappe looks for them."""
	names = bench.own_apps()
	for name in names:
		link = bench.apps / name
		wanted = os.path.relpath(bench.repo / "apps" / name, bench.apps)
		if not link.is_symlink() or os.readlink(link) != wanted:
			link.unlink(missing_ok=True)
			link.symlink_to(wanted)
	for link in bench.apps.iterdir():
		if link.is_symlink() and not link.exists():
			link.unlink()
	for name in ("frappe", *names):
		_link_public(bench, name)
	paths = [bench.apps / "frappe", *(bench.repo / "apps" / name for name in names)]
	site_packages = next((bench.env / "lib").glob("python3*")) / "site-packages"
	write_atomic(site_packages / "clinic-bench.pth", "".join(f"{path}\n" for path in paths))
	write_atomic(bench.sites / "apps.txt", "".join(f"{name}\n" for name in ("frappe", *names)))


def _link_public(bench: Bench, name: str) -> None:
	"""sites/assets/<app> leads to the app's public folder, as nginx and Frappe expect it."""
	public = bench.apps / name / name / "public"
	link = bench.sites / "assets" / name
	wanted = os.path.relpath(public, link.parent)
	if public.is_dir() and (not link.is_symlink() or os.readlink(link) != wanted):
		link.unlink(missing_ok=True)
		link.symlink_to(wanted)
