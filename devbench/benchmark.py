"""`./clinic bench`: measures the clinic on data sets of its own, each in a site that is kept (N13)."""

import argparse
import os
import subprocess
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

from devbench import control, debian, provision
from devbench.paths import SITE, Bench
from devbench.services import DATA, WEB, bench_env, spec_path
from devbench.settings import passwords
from devbench.stamp import read_json
from devbench.ui import Stop, step
from tests.bench import catalogue

SIZES = ("S", "M", "L")
DOUBLE_BOOKING = "double-booking"
SCALE = "scale"
LIST_DATES = "list-dates"
_TEXT = (
	"Measure the clinic: for each case P50, P95 and P99 in ms, SQL queries per request, and the floor "
	"(the same answer by the leanest hand-written SQL). Data sets: S (2,000 patients, 10,000 appointments, "
	"20,000 ledger entries), M (ten times as much), L (100,000, 500,000, 1,000,000); loaded at the first "
	"run, kept in a site of their own for the next ones."
)


def register(add: Callable[[str, str, object], argparse.ArgumentParser]) -> None:
	"""Add our command to the command line."""
	parser = add("bench", "measure the clinic on a large data set", run)
	parser.description = _TEXT
	parser.add_argument(
		"what",
		nargs="?",
		choices=(DOUBLE_BOOKING, SCALE, LIST_DATES),
		help="something else than the cases: one winner per slot, several hosts against one database, "
		"lists in the Jalali and the Gregorian calendar in a browser",
	)
	parser.add_argument("--size", type=_size, default="S", metavar="{S,M,L}", help="data set (default S)")
	parser.add_argument("--case", nargs="+", default=[], metavar="NAME", help="only these cases")
	parser.add_argument(
		"--repeat", type=_positive, metavar="N", help="repetitions of each case (default: the case's own)"
	)
	parser.add_argument(
		"--users", type=_positive, nargs="+", metavar="N", help="drive the web server with so many people"
	)
	parser.add_argument("--json", type=_file, metavar="FILE", help="where the figures go")
	parser.add_argument(
		"--compare", type=_existing, metavar="FILE", help="show ratios against an earlier run"
	)
	parser.add_argument(
		"--fail-over", type=float, metavar="R", help="with --compare: fail if a case takes R times as long"
	)
	parser.add_argument("--list", action="store_true", help="name the cases and stop")
	parser.add_argument("--reload", action="store_true", help="load the data set anew")
	load = parser.add_argument_group("only with --users")
	load.add_argument(
		"--seconds",
		type=_positive,
		metavar="S",
		help="how long each number of people is measured (default 60)",
	)
	load.add_argument(
		"--saturate",
		type=_positive,
		metavar="MOST",
		help="find the rate at which P50 doubles, up to MOST people",
	)
	race = parser.add_argument_group(f"only of {DOUBLE_BOOKING}")
	race.add_argument("--clients", type=_positive, metavar="N", help="database connections (default 64)")
	race.add_argument("--rounds", type=_positive, metavar="N", help="rounds (default 10000)")


def run(bench: Bench, args: argparse.Namespace) -> int:
	"""Provision, load what is missing, measure, stop what was started."""
	if args.list:
		print(catalogue.listing())
		return 0
	_refuse_nonsense(args)
	if args.what == LIST_DATES:
		return _list_dates(bench, args)
	with ExitStack() as stack:
		_databases(bench, stack)
		if args.what == SCALE:
			_need_demo(bench)
			return _module(bench, "tests.bench.scale.trial", *_given(args, "json"))
		_load(bench, args.size, args.reload)
		site = f"bench-{args.size.lower()}.localhost"
		if args.what == DOUBLE_BOOKING:
			return _module(
				bench,
				"tests.bench.double_booking",
				*("--site", site, *_given(args, "clients", "rounds", "json")),
			)
		if args.users or args.saturate:
			return _load_over_http(bench, site, args)
		return _module(
			bench,
			"tests.bench",
			*("--size", args.size, *_given(args, "repeat", "json", "compare", "fail_over")),
			*(["--case", *args.case] if args.case else []),
		)


def _refuse_nonsense(args: argparse.Namespace) -> None:
	"""What can be known to be wrong is said before anything is started."""
	if problem := catalogue.unknown(args.case):
		raise Stop(problem)
	if args.what == SCALE and (args.case or args.users or args.saturate or args.compare):
		raise Stop(f"{SCALE} takes --json only: it copies the demo clinic")
	if args.what == LIST_DATES and (args.case or args.users or args.saturate or args.compare):
		raise Stop(f"{LIST_DATES} takes --repeat and --json only: it looks at the demo clinic")
	if args.what != DOUBLE_BOOKING and (args.clients or args.rounds):
		raise Stop(f"--clients and --rounds belong to ./clinic bench {DOUBLE_BOOKING}")
	if args.what == DOUBLE_BOOKING and (args.case or args.users or args.saturate or args.compare):
		raise Stop(f"{DOUBLE_BOOKING} takes --clients, --rounds, --size and --json only")
	if (args.users or args.saturate) and (args.case or args.compare):
		raise Stop("--users drives a whole day's mix: it goes without --case and --compare")
	if args.seconds and not (args.users or args.saturate):
		raise Stop("--seconds belongs to --users N")
	if args.fail_over is not None and not args.compare:
		raise Stop("--fail-over needs --compare FILE")


def _need_demo(bench: Bench) -> None:
	"""The trial of several hosts works in a copy of the demo clinic."""
	if not (bench.sites / SITE / "site_config.json").is_file():
		raise Stop("there is no demo clinic to copy yet: run ./clinic up first")


def _list_dates(bench: Bench, args: argparse.Namespace) -> int:
	"""Lists of the running demo clinic, in a browser of our own."""
	with provision.lock(bench):
		if WEB not in control.running_groups(bench):
			raise Stop("the demo clinic is not running: run ./clinic up --detach first")
		debian.ensure(debian.FOR_BROWSER_TESTS, bench.run, bench.logs / "apt-tests.log")
		provision.environment(bench, for_tests=True)
	os.environ["CLINIC_DEMO_PASSWORD"] = passwords(bench)["demo"]
	return _module(
		bench,
		"tests.bench.list_dates",
		*("--url", read_json(spec_path(bench, WEB))["url"]),
		*("--chromium", debian.find("chromium", "chromium-browser", "google-chrome")),
		*_given(args, "repeat", "json"),
	)


def _load_over_http(bench: Bench, site: str, args: argparse.Namespace) -> int:
	"""A day's mix of people against the site's own web server."""
	from tests.bench.http import drive

	file = Path(args.json) if args.json else None
	return drive.run(
		bench, site, args.users or (), args.seconds or drive.SECONDS, file, saturate=args.saturate
	)


def _databases(bench: Bench, stack: ExitStack) -> None:
	"""Everything a site needs; what we start goes down with us."""
	was_up = DATA in control.running_groups(bench)
	with provision.lock(bench):
		provision.everything(bench)
	if not was_up:
		stack.callback(control.stop, bench, DATA)


def _load(bench: Bench, size: str, anew: bool) -> None:
	"""The site of the data set, with what belongs in it."""
	with step(f"data set {size}"):
		code = _module(bench, "tests.bench.data", "load" if anew else "ensure", size)
	if code:
		raise Stop(f"data set {size} could not be loaded: see above")


def _given(args: argparse.Namespace, *names: str) -> list[str]:
	"""Those of the options that were given, to be handed on."""
	found = []
	for name in names:
		if (value := getattr(args, name)) is not None:
			found += [f"--{name.replace('_', '-')}", str(value)]
	return found


def _module(bench: Bench, module: str, *arguments: str) -> int:
	"""Run a module of the benchmark inside the bench; its output is ours."""
	process = subprocess.Popen(
		[str(bench.python), "-m", module, *arguments],
		cwd=bench.sites,
		env={**os.environ, **bench_env(bench)},
	)
	while True:
		try:
			return process.wait()
		except KeyboardInterrupt:
			# The terminal sent it there as well: it puts its data back and ends.
			continue


def _size(text: str) -> str:
	if text.upper() not in SIZES:
		raise Stop(f"there is no data set {text}: choose S, M or L")
	return text.upper()


def _positive(text: str) -> int:
	if not text.isdecimal() or not int(text):
		raise Stop(f"{text} is not a whole number above zero")
	return int(text)


def _file(text: str) -> str:
	"""A path as the person means it: the measuring runs in another folder."""
	path = Path(text).resolve()
	if not path.parent.is_dir():
		raise Stop(f"there is no folder {path.parent}")
	return str(path)


def _existing(text: str) -> str:
	path = Path(text).resolve()
	if not path.is_file():
		raise Stop(f"there is no file {text}")
	return str(path)
