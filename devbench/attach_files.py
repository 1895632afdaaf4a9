"""What attach puts into a bench's folders, and takes out again. Each step may run twice."""

import ast
import filecmp
import re
import shutil
from collections.abc import Iterable
from pathlib import Path

from devbench.official import OfficialBench
from devbench.shell import run
from devbench.stamp import read_json, write_atomic, write_json
from devbench.ui import Stop

SKIPPED = {"dist", "node_modules", "__pycache__"}
PTH = "clinic-apps.pth"
MARK = ".clinic-attached"


def _files(source: Path) -> set[Path]:
	"""The files of an app, relative to it; products of builds are not part of it."""
	return {
		path.relative_to(source)
		for path in source.rglob("*")
		if path.is_file() and not SKIPPED & set(path.relative_to(source).parts)
	}


def refuse_foreign(target: Path) -> None:
	"""Raise Stop when an app of that name is in the bench and attach did not put it there."""
	if target.is_symlink() or (target.exists() and not (target / MARK).is_file()):
		raise Stop(
			f"{target} is there already and was not put there by attach: take it out of the bench first"
		)


def _is_same(source: Path, target: Path) -> bool:
	return target.exists() and filecmp.cmp(source, target, shallow=False)


def place(source: Path, target: Path, copy: bool) -> int:
	"""Put an app's files below apps/, as links or as copies; return how many were missing there.

	Folders are real even when files are links: what the bench builds and compiles stays in the
	bench, so that two benches can share one checkout, and a walk through the folders sees all of it.
	"""
	refuse_foreign(target)
	target.mkdir(exist_ok=True)
	(target / MARK).touch()
	wanted = _files(source)
	for link in [path for path in target.rglob("*") if path.is_symlink() and not path.exists()]:
		link.unlink()
	fresh = [name for name in sorted(wanted) if not _is_same(source / name, target / name)]
	for name in fresh:
		(target / name).parent.mkdir(parents=True, exist_ok=True)
		if copy:
			shutil.copy2(source / name, target / name)
		else:
			(target / name).symlink_to(source / name)
	return len(fresh)


def place_all(bench: OfficialBench, sources: Iterable[Path], copy: bool) -> int:
	"""Place all apps and let the bench's Python find linked ones; returns how many files were new."""
	apps = list(sources)
	fresh = sum(place(source, bench.apps / source.name, copy) for source in apps)
	if not copy:
		path = bench.site_packages() / PTH
		text = "".join(f"{bench.apps / source.name}\n" for source in apps)
		if not path.exists() or path.read_text() != text:
			write_atomic(path, text)
	return fresh


def displace_all(bench: OfficialBench, apps: Iterable[str]) -> None:
	"""Take the apps' folders away if attach made them; what links lead to stays."""
	(bench.site_packages() / PTH).unlink(missing_ok=True)
	for app in apps:
		if (bench.apps / app / MARK).is_file():
			shutil.rmtree(bench.apps / app)


def _pip(bench: OfficialBench, *arguments: str, what: str) -> str:
	"""Run pip of the bench's environment, or uv for one that was made without pip."""
	command = [bench.python, "-m", "pip", *arguments]
	if not any(bench.site_packages().glob("pip")):
		uv = shutil.which("uv")
		if not uv:
			raise Stop(f"{bench.path / 'env'} has no pip, and uv is not installed")
		command = [
			uv,
			"pip",
			*[one for one in arguments if one not in ("-y", "--no-input")],
			"--python",
			bench.python,
		]
	return run(command, what=what, cwd=bench.path, env=bench.environment(), log=bench.log(what))


def distributions(bench: OfficialBench) -> set[str]:
	"""Names of the packages in the bench's environment."""
	code = (
		"import importlib.metadata as m; print('\\n'.join({d.metadata['Name'] for d in m.distributions()}))"
	)
	return set(run([bench.python, "-c", code], what="looking at the environment", cwd=bench.path).split())


def dependencies(app: Path) -> list[str]:
	"""What an app asks of pip, by its pyproject.toml. Python 3.10, which benches may have, reads no TOML."""
	found = re.search(
		r"^dependencies = (\[.*?\])$", (app / "pyproject.toml").read_text(), re.MULTILINE | re.DOTALL
	)
	if not found:
		raise Stop(f"{app / 'pyproject.toml'} names no dependencies")
	return ast.literal_eval(found[1])


def install_packages(bench: OfficialBench, sources: list[Path], copy: bool) -> list[str]:
	"""Install what our apps need into the environment; returns the names that are new there.

	Copied apps are installed as `bench get-app` does it; linked ones lie on the path already.
	"""
	before = distributions(bench)
	wanted = sorted({need for source in sources for need in dependencies(source)})
	if copy:
		wanted += [part for source in sources for part in ("-e", str(bench.apps / source.name))]
	if wanted:
		_pip(bench, "install", "--quiet", "--no-input", *wanted, what="installing Python packages")
	return sorted(distributions(bench) - before)


def remove_packages(bench: OfficialBench, names: Iterable[str]) -> None:
	"""Remove what install_packages added."""
	here = distributions(bench)
	if gone := [name for name in names if name in here]:
		_pip(bench, "uninstall", "-y", "--quiet", *gone, what="removing Python packages")


def _lines(path: Path) -> list[str]:
	return [line.strip() for line in path.read_text().splitlines() if line.strip()]


def list_apps(bench: OfficialBench, apps: Iterable[str]) -> None:
	"""Add the apps to sites/apps.txt."""
	path = bench.sites / "apps.txt"
	known = _lines(path)
	if fresh := [app for app in apps if app not in known]:
		write_atomic(path, "\n".join(known + fresh) + "\n")


def unlist_apps(bench: OfficialBench, apps: Iterable[str]) -> None:
	"""Take the apps out of sites/apps.txt, their assets out of sites/assets."""
	path = bench.sites / "apps.txt"
	gone = set(apps)
	write_atomic(path, "\n".join(app for app in _lines(path) if app not in gone) + "\n")
	assets = bench.sites / "assets"
	for app in gone:
		if (assets / app).is_symlink():
			(assets / app).unlink()
		elif (assets / app).is_dir():
			shutil.rmtree(assets / app)
	for name in ("assets.json", "assets-rtl.json"):
		known = read_json(assets / name)
		left = {
			key: url
			for key, url in known.items()
			if url.split("/")[2:3] != [] and url.split("/")[2] not in gone
		}
		if left != known:
			write_json(assets / name, left)


def missing_bundles(bench: OfficialBench, apps: Iterable[str]) -> list[str]:
	"""Bundles of our apps that the register of assets lacks or that lie nowhere."""
	register = read_json(bench.sites / "assets" / "assets.json")
	missing = []
	for app in apps:
		for source in sorted((bench.apps / app / app / "public").rglob("*.bundle.*")):
			if SKIPPED & set(source.relative_to(bench.apps).parts):
				continue
			kind = {".scss": ".css", ".ts": ".js"}.get(source.suffix, source.suffix)
			url = register.get(source.stem + kind, "")
			if not url or not (bench.sites / url.removeprefix("/")).is_file():
				missing.append(source.stem + kind)
	return missing
