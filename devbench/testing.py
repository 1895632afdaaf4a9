"""`./clinic test`: the tests with everything they need, and nothing that they do not."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from devbench import control, debian, lanes, provision, sites
from devbench.paths import TEST_SITE, TIME_ZONE, Bench
from devbench.services import DATA, TEST, bench_env, define_web, url
from devbench.settings import passwords
from devbench.ui import Stop, step

# What a folder of tests needs; anything else needs everything.
NEEDS = {
	"unit": frozenset(),
	"integration": frozenset({"site"}),
	"bench": frozenset({"site", "web"}),
	"journeys": frozenset({"site", "web"}),
}
ALL = frozenset({"site", "web", "browser"})


def needs(arguments: list[str], repo: Path) -> frozenset[str]:
	"""Derive from the paths among pytest's arguments what has to run."""
	found: set[str] = set()
	paths = [argument for argument in arguments if not argument.startswith("-")]
	paths = [path.split("::")[0] for path in paths]
	paths = [path for path in paths if (repo / path).exists()]
	if not paths:
		return ALL
	for path in paths:
		parts = (
			(repo / path).resolve().relative_to(repo.resolve()).parts if _inside(repo / path, repo) else ()
		)
		kind = parts[1] if len(parts) > 1 and parts[0] == "tests" else ""
		found |= NEEDS.get(kind, ALL)
	return frozenset(found)


def _inside(path: Path, repo: Path) -> bool:
	return path.resolve().is_relative_to(repo.resolve())


def is_whole(arguments: list[str], repo: Path) -> bool:
	"""Is it the whole suite on sites of the bench's choice, which runs in two lanes?

	What stops at the first failure or asks questions wants one.
	"""
	alone = {"-x", "--exitfirst", "--pdb", "--site", "--collect-only", "--co", "-h"}
	paths = [one for one in arguments if not one.startswith("-") and (repo / one.split("::")[0]).exists()]
	return not paths and not alone & set(arguments)


def own_options(arguments: list[str]) -> tuple[str, list[str]]:
	"""Take `--site NAME` out of the arguments: several people may test side by side on sites of their own."""
	rest = list(arguments)
	if "--site" in rest:
		at = rest.index("--site")
		if at + 1 >= len(rest):
			raise Stop("--site needs a name")
		name = rest[at + 1]
		del rest[at : at + 2]
		return name, rest
	return TEST_SITE, rest


def run(bench: Bench, arguments: list[str]) -> int:
	"""Provision, start, run pytest, stop what was started; the exit code is pytest's."""
	if is_whole(arguments, bench.repo):
		return _run_lanes(bench, arguments)
	site, arguments = own_options(arguments)
	wanted = needs(arguments, bench.repo)
	if not wanted:
		with provision.lock(bench):
			provision.environment(bench, for_tests=True)
		return _pytest(bench, arguments, {})
	with ExitStack() as stack:
		env = stack.enter_context(_surroundings(bench, site, wanted))
		return _pytest(bench, arguments, env)


@contextmanager
def _surroundings(bench: Bench, site: str, wanted: frozenset[str]) -> Iterator[dict[str, str]]:
	"""The databases, the test site and its processes, for the time of the tests."""
	group = TEST if site == TEST_SITE else f"{TEST}-{site}"
	data_was_up = DATA in control.running_groups(bench)
	try:
		with provision.lock(bench):
			if "browser" in wanted:
				debian.ensure(debian.FOR_BROWSER_TESTS, bench.run, bench.logs / "apt-tests.log")
			data = provision.everything(bench, for_tests=True)
			_ensure_site(bench, site)
			env = _site_env(bench, site)
			if "web" in wanted:
				env["CLINIC_URL"] = _start_web(bench, group, site, data)
			if "browser" in wanted:
				env["CLINIC_CHROMIUM"] = debian.find("chromium", "chromium-browser", "google-chrome")
		yield env
	finally:
		control.stop(bench, group)
		if not data_was_up:
			control.stop(bench, DATA)


def _ensure_site(bench: Bench, site: str) -> None:
	"""The test site is kept from run to run and migrated when the schema changed."""
	sites.ensure(bench, site, passwords(bench)["test_admin"], "en")
	# Scheduled jobs would change what a test looks at while it looks.
	sites.set_config(bench, site, pause_scheduler=1, allow_tests=True)


def _site_env(bench: Bench, site: str) -> dict[str, str]:
	known = passwords(bench)
	return {
		# "Today" of a test is the clinic's: a machine in another zone has another day for hours.
		"TZ": TIME_ZONE,
		"CLINIC_SITE": site,
		"CLINIC_SITES_PATH": str(bench.sites),
		"CLINIC_ADMIN_PASSWORD": known["test_admin"],
		"CLINIC_DEMO_PASSWORD": known["test_demo"],
		"CLINIC_MAIL": str(bench.mail),
	}


def _start_web(bench: Bench, group: str, site: str, data: dict[str, int]) -> str:
	"""Serve the test site on ports of its own, beside a bench that may be up."""
	with step(f"web processes of {site}"):
		control.stop(bench, group)
		ports = define_web(bench, group, site, control.running_groups(bench), data, watch=False)
		address = url(ports["http"])
		sites.set_config(bench, site, host_name=address)
		control.start(bench, group)
		control.wait_healthy(bench, group)
	return address


def _run_lanes(bench: Bench, arguments: list[str]) -> int:
	"""The whole suite side by side; the exit code is the worst one."""
	with ExitStack() as stack:
		ready = [
			(lane, stack.enter_context(_surroundings(bench, lane.site, needs(list(lane.paths), bench.repo))))
			for lane in lanes.of(bench.repo / "tests")
		]
		runs = [
			lanes.Run(
				[str(bench.python), "-m", "pytest", *_own_cache(bench, lane), *arguments, *lane.arguments()],
				bench.repo,
				_full_env(bench, env),
				at_once=lane is ready[0][0],
			)
			for lane, env in ready
		]
		codes = [one.wait() for one in runs]
		for one in runs:
			one.show()
	sys.stdout.write(lanes.closing_line([lanes.counts(one.lines) for one in runs]) + "\n")
	return max(codes)


def _own_cache(bench: Bench, lane: lanes.Lane) -> list[str]:
	"""Two runs at once would write one file of the last failures."""
	return ["-o", f"cache_dir={bench.cache / 'pytest' / lane.name}"]


def _full_env(bench: Bench, env: dict[str, str]) -> dict[str, str]:
	return {**os.environ, **bench_env(bench), **env}


def _pytest(bench: Bench, arguments: list[str], env: dict[str, str]) -> int:
	"""Run pytest from the root of the repository."""
	process = subprocess.Popen(
		[str(bench.python), "-m", "pytest", *arguments],
		cwd=bench.repo,
		env=_full_env(bench, env),
	)
	while True:
		try:
			return process.wait()
		except KeyboardInterrupt:
			# The terminal sent it to pytest as well, which prints its summary and ends.
			continue
