"""Which Frappe the bench runs: the restored wheel, or an official checkout that the person names.

`./clinic up --frappe PATH_OR_GIT_URL[#BRANCH]`; the choice is remembered, `--frappe wheel` goes back.
A folder is linked file by file, so that changes in it are seen; a Git address is cloned into the
bench's cache. Python packages are those of the checkout's own pyproject.toml, assets are built by its
own esbuild where it has one.
"""

import ast
import hashlib
import os
import re
import shutil
import sys
from pathlib import Path

from devbench import wheel
from devbench.attach_files import SKIPPED
from devbench.debian import find
from devbench.official import frappe_version, refuse_version
from devbench.paths import Bench
from devbench.settings import options, set_options
from devbench.shell import run
from devbench.stamp import Stamp
from devbench.ui import Stop, step

WHEEL = "wheel"
WHEEL_VERSION = "15.0.0-dev"


def chosen(bench: Bench) -> str:
	"""The wheel, a folder, or a Git address."""
	return options(bench).get("frappe", WHEEL)


def is_git(choice: str) -> bool:
	"""True for an address that git understands and that is no folder."""
	return bool(re.match(r"(https?|ssh|git|file)://|[\w.-]+@[\w.-]+:", choice))


def choose(bench: Bench, choice: str | None) -> bool:
	"""Take a choice over after looking at it; True when the bench has to be provisioned anew.

	Raises Stop for a checkout that does not fit, or one older than the Frappe of the sites.
	"""
	if not choice:
		return False
	if choice != WHEEL and not is_git(choice):
		choice = str(Path(choice).expanduser().resolve())
	version = WHEEL_VERSION if choice == WHEEL else check(fetch(bench, choice, again=True))
	_refuse_older(bench, version)
	if choice != chosen(bench):
		set_options(bench, frappe=choice)
		# Versions that the other Frappe brought must not stay: all packages are put right again.
		for name in ("python", "python-frappe"):
			(bench.run / "stamps" / name).unlink(missing_ok=True)
		return True
	return choice != WHEEL


def check(checkout: Path) -> str:
	"""The version of a checkout; raises Stop unless it is a Frappe our apps and this Python fit."""
	package = checkout / "frappe" / "__init__.py"
	if not package.is_file():
		raise Stop(f"{checkout} is no checkout of Frappe: it has no frappe/__init__.py")
	version = frappe_version(package)
	refuse_version(version)
	refuse_python(checkout, version, sys.version_info[:2])
	return version


def refuse_python(checkout: Path, version: str, have: tuple[int, int]) -> None:
	"""Raise Stop when the checkout asks for another Python than the one that runs us."""
	found = re.search(r'^requires-python\s*=\s*"([^"]+)"', _pyproject(checkout), re.MULTILINE)
	wanted = found[1] if found else ""
	for sign, major, minor in re.findall(r"(>=|<=|<|>)\s*(\d+)\.(\d+)", wanted):
		limit = (int(major), int(minor))
		if not {">=": have >= limit, "<": have < limit, "<=": have <= limit, ">": have > limit}[sign]:
			raise Stop(f"Frappe {version} needs Python {wanted}, and this is {have[0]}.{have[1]}")


def _pyproject(checkout: Path) -> str:
	path = checkout / "pyproject.toml"
	return path.read_text() if path.is_file() else ""


def _refuse_older(bench: Bench, version: str) -> None:
	"""Frappe migrates sites forward only."""
	package = bench.apps / "frappe" / "frappe" / "__init__.py"
	sites = sorted(path.parent.name for path in bench.sites.glob("*/site_config.json"))
	if not (sites and package.is_file()):
		return
	before = frappe_version(package)
	if _numbers(version) < _numbers(before):
		raise Stop(
			f"{', '.join(sites)} ran on Frappe {before}, and sites cannot go back to {version}: "
			"drop them or  ./clinic reset  first"
		)


def _numbers(version: str) -> tuple[int, ...]:
	return tuple(int(part) for part in re.findall(r"\d+", version)[:3])


def fetch(bench: Bench, choice: str, again: bool = False) -> Path:
	"""The checkout's folder; a Git address is cloned first, and brought up to date when asked `again`."""
	if not is_git(choice):
		if not Path(choice).is_dir():
			raise Stop(f"there is no folder {choice}")
		return Path(choice)
	address, _, branch = choice.partition("#")
	target = bench.cache / f"frappe-{hashlib.sha256(choice.encode()).hexdigest()[:12]}"
	if target.is_dir() and not again:
		return target
	with step(f"Frappe from {_shown(choice)}"):
		fresh = target.with_suffix(".new")
		shutil.rmtree(fresh, ignore_errors=True)
		bench.cache.mkdir(parents=True, exist_ok=True)
		run(
			[
				find("git"),
				"clone",
				"--depth=1",
				*(["--branch", branch] if branch else []),
				"--",
				address,
				fresh,
			],
			what="cloning Frappe",
			# Never wait for a password that nobody types.
			env={"GIT_TERMINAL_PROMPT": "0"},
		)
		shutil.rmtree(target, ignore_errors=True)
		fresh.rename(target)
	return target


def _shown(choice: str) -> str:
	"""The choice without the password that an address may hold."""
	return re.sub(r"(//)[^/@]+@", r"\1", choice)


def describe(bench: Bench) -> str:
	"""For `status`: version and source."""
	package = bench.apps / "frappe" / "frappe" / "__init__.py"
	version = frappe_version(package) if package.is_file() else "?"
	return f"Frappe {version} from {_shown(chosen(bench))}"


def ensure(bench: Bench) -> None:
	"""Put the chosen Frappe at bench/apps/frappe."""
	choice = chosen(bench)
	if choice == WHEEL:
		wheel.ensure(bench)
		return
	checkout = fetch(bench, choice)
	version = check(checkout)
	target = bench.apps / "frappe"
	stamp = Stamp(bench.run / "stamps", "frappe", choice, version, _listing(checkout))
	if stamp.is_current(target / "frappe" / "__init__.py"):
		return
	with step(f"Frappe {version}"):
		stamp.clear()
		fresh = bench.apps / f".frappe.{os.getpid()}"
		shutil.rmtree(fresh, ignore_errors=True)
		_lay_out(checkout, fresh)
		modules = checkout / "node_modules"
		if modules.is_dir():
			(fresh / "node_modules").symlink_to(modules)
		shutil.rmtree(target, ignore_errors=True)
		fresh.rename(target)
		stamp.set()


def _files(checkout: Path) -> list[Path]:
	return sorted(
		path
		for path in checkout.rglob("*")
		if path.is_file() and not (SKIPPED | {".git"}) & set(path.relative_to(checkout).parts)
	)


def _listing(checkout: Path) -> str:
	"""What tells one state of a checkout from another, without reading its three thousand files."""
	return "\n".join(f"{path} {path.stat().st_size} {path.stat().st_mtime_ns}" for path in _files(checkout))


def _lay_out(checkout: Path, target: Path) -> None:
	"""Real folders, so that Frappe finds its bench three folders up and builds stay here.

	In them links to the files of the package, and copies of what lies beside it: Node follows a link
	to its end, and the build would look for the bench around the checkout.
	"""
	for path in _files(checkout):
		name = path.relative_to(checkout)
		(target / name).parent.mkdir(parents=True, exist_ok=True)
		if name.parts[0] == "frappe":
			(target / name).symlink_to(path)
		else:
			shutil.copy2(path, target / name)


def dependencies(checkout: Path) -> list[str]:
	"""What the checkout asks of pip, by its pyproject.toml."""
	found = re.search(r"^dependencies = (\[.*?^\])", _pyproject(checkout), re.MULTILINE | re.DOTALL)
	return ast.literal_eval(found[1]) if found else []


def ensure_packages(bench: Bench) -> None:
	"""Install what the chosen checkout asks for over the locked packages; the wheel's are locked."""
	stamps = bench.run / "stamps"
	wanted = [] if chosen(bench) == WHEEL else dependencies(bench.apps / "frappe")
	stamp = Stamp(stamps, "python-frappe", *wanted, stamps / "python")
	if stamp.is_current(bench.python):
		return
	if wanted:
		with step("Python packages of this Frappe"):
			stamp.clear()
			run(
				[bench.python, "-m", "pip", "install", "--no-input", "--progress-bar=off", *wanted],
				what="Python packages of this Frappe",
				log=bench.logs / "pip-frappe.log",
				env={"PIP_DISABLE_PIP_VERSION_CHECK": "1"},
			)
	stamp.set()


def own_build(bench: Bench) -> bool:
	"""True when the chosen Frappe brings its own build of assets."""
	frappe = bench.apps / "frappe"
	return (frappe / "package.json").is_file() and (frappe / "esbuild").is_dir()


def build(bench: Bench, apps: list[str]) -> None:
	"""Build assets as `bench build` does: the checkout's esbuild, with its own packages."""
	frappe = bench.apps / "frappe"
	stamp = Stamp(bench.run / "stamps", "npm-frappe", frappe / "package.json", frappe / "yarn.lock")
	if not stamp.is_current(frappe / "node_modules"):
		with step("npm packages of this Frappe"):
			run(
				[find("npm"), "install", "--ignore-scripts", "--no-audit", "--no-fund", "--no-package-lock"],
				what="installing Frappe's npm packages",
				log=bench.logs / "npm-frappe.log",
				cwd=frappe,
			)
			stamp.set()
	run(
		[find("node"), "esbuild", "--production", "--apps", ",".join(apps)],
		what="building the assets",
		log=bench.logs / "assets.log",
		cwd=frappe,
	)
