"""`./clinic attach` and `./clinic detach`: joins an official Frappe bench, and leaves it again.

Whatever attach has done when a step fails is undone. What it did to the bench is written down in
`.clinic-attach.json` in the bench, before each change, so that detach undoes exactly that, and so
that an attach that was killed can be cleared up.
"""

import argparse
import shlex
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any

from devbench import attach_files as files
from devbench import official
from devbench.attach_site import AttachedSite
from devbench.official import OfficialBench
from devbench.paths import APPS, Bench
from devbench.stamp import read_json, write_json
from devbench.ui import Stop, say, step

UPDATE = "now  bench migrate,  bench build  and  bench restart"
JOURNAL = ".clinic-attach.json"


def register(add: Callable[[str, str, object], argparse.ArgumentParser]) -> None:
	"""Add our commands to the command line."""
	for name, text, command in (
		("attach", "join an official Frappe 15 or 16 bench", attach),
		("detach", "leave it again; the clinic's data is kept unless you ask", detach),
	):
		parser = add(name, text, command)
		parser.add_argument("--bench", required=True, metavar="PATH", help="the bench's folder")
		parser.add_argument("--site", required=True, metavar="NAME", help="a site of that bench")
		parser.add_argument("--yes", action="store_true", help="do not ask")
		if name == "attach":
			how = parser.add_mutually_exclusive_group()
			how.add_argument(
				"--link", action="store_true", help="link the apps to this checkout (the default)"
			)
			how.add_argument("--install", action="store_true", help="copy and install the apps")
		else:
			parser.add_argument(
				"--delete-data", action="store_true", help="uninstall the apps with their data"
			)


class Journal:
	"""What attach changed in a bench."""

	def __init__(self, bench: OfficialBench) -> None:
		self.path = bench.path / JOURNAL
		self.facts: dict[str, Any] = {"sites": {}, "packages": [], "copied": False} | read_json(self.path)

	def note(self, **facts: Any) -> None:
		"""Write down before it is done."""
		self.facts |= facts
		write_json(self.path, self.facts)

	def note_site(self, site: str, state: str | None) -> None:
		"""Where a site stands: installing, waking, attached, leaving; None: nothing of ours is active in it."""
		sites = {name: known for name, known in self.facts["sites"].items() if name != site}
		self.note(sites=sites | ({site: state} if state else {}))

	def forget(self) -> None:
		"""Nothing of ours is in the bench any more."""
		self.path.unlink(missing_ok=True)


def _confirm(question: str, is_sure: bool) -> bool:
	"""Ask the person in front; without a terminal the answer has to be given as --yes."""
	if is_sure:
		return True
	if not sys.stdin.isatty():
		raise Stop(f"{question} Say --yes to go on.")
	return input(f"{question} Type yes to go on: ").strip() == "yes"


def _opened(args: argparse.Namespace) -> tuple[OfficialBench, AttachedSite, Journal]:
	"""The bench and the site, checked as far as can be without changing anything."""
	path = Path(args.bench).expanduser().absolute()
	command = shlex.join([sys.argv[0], args.command, "--bench", str(path), "--site", args.site])
	bench = official.check(path, args.site, command)
	return bench, AttachedSite(bench, args.site), Journal(bench)


def _clear_up(bench: OfficialBench, site: AttachedSite, journal: Journal) -> None:
	"""Undo an attach to this site that was killed half-way; finish a detach that was."""
	if journal.facts["sites"].get(site.name) in (None, "attached"):
		return
	with step("clearing up what was interrupted"):
		files.place_all(bench, _sources(), journal.facts["copied"])
		_back_out(bench, site, journal)


def _back_out(bench: OfficialBench, site: AttachedSite, journal: Journal) -> None:
	"""First the site forgets the apps, then their files go: the other way round it would not start.

	Raises Stop if the site cannot; the files stay then, and the same command goes on from here.
	"""
	undo = {"installing": site.remove, "waking": site.park}.get(journal.facts["sites"][site.name])
	if undo:
		try:
			undo()
		except Stop as problem:
			raise Stop(
				f"{problem}; the apps stay in the bench for now: mend this, then run  ./clinic detach  again"
			) from None
	_leave(bench, site, journal)


def _sources() -> list[Path]:
	"""The apps of this checkout."""
	own = Bench()
	return [own.repo / "apps" / app for app in own.own_apps()]


def attach(_: Bench, args: argparse.Namespace) -> int:
	"""Join a bench: check, link or copy, install, build, verify; or change nothing at all."""
	bench, site, journal = _opened(args)
	official.refuse_no_build(bench)
	official.refuse_host(*site.configuration())
	official.refuse_database(*site.configuration())
	_clear_up(bench, site, journal)
	state = site.state()
	if journal.facts["sites"].get(site.name) == "attached":
		fresh = files.place_all(bench, _sources(), journal.facts["copied"])
		say(
			f"{site.name} is attached already"
			+ (f"; {fresh} new files: {UPDATE}" if fresh else ": nothing to do")
		)
		return 0
	if state["installed"]:
		raise Stop(
			f"{site.name} has {', '.join(state['installed'])} already, and attach did not put it there"
		)
	if state["clash"]:
		raise Stop(state["clash"])
	for source in _sources():
		files.refuse_foreign(bench.apps / source.name)
	how = "copies" if args.install else "links"
	if not _confirm(
		f"This puts {how} of {', '.join(APPS)} into {bench.path} and installs them on {site.name}.", args.yes
	):
		return 1
	_join(bench, site, journal, copy=args.install, wake=bool(state["parked"]))
	say(
		f"\n  {site.name} is attached. Restart the bench's processes so that they see the apps:  bench restart"
	)
	return 0


def _join(bench: OfficialBench, site: AttachedSite, journal: Journal, copy: bool, wake: bool) -> None:
	"""All steps of attach; when one fails, those before it are undone, the last first."""
	if not journal.facts["sites"]:
		journal.note(copied=copy)
	journal.note_site(site.name, "waking" if wake else "installing")
	try:
		with step("the apps in the bench"):
			_bring(bench, journal)
		with step(f"the apps on {site.name}"):
			(site.wake if wake else site.install)()
		with step("the assets, by the bench's own build"):
			site.build()
		with step("a first request"):
			site.verify()
	except BaseException as problem:
		with step(f"undoing all of it, because {problem or 'it was interrupted'}"):
			_back_out(bench, site, journal)
		raise
	journal.note_site(site.name, "attached")


def _bring(bench: OfficialBench, journal: Journal) -> None:
	"""Our files, what they need of Python, and the bench's list of apps."""
	copied = journal.facts["copied"]
	files.place_all(bench, _sources(), copied)
	fresh = files.install_packages(bench, _sources(), copied)
	journal.note(packages=sorted({*journal.facts["packages"], *fresh}))
	files.list_apps(bench, APPS)


def _leave(bench: OfficialBench, site: AttachedSite, journal: Journal) -> None:
	"""Take our files out of the bench unless another site of it still uses them."""
	others = set(journal.facts["sites"]) - {site.name}
	if not others:
		files.unlist_apps(bench, APPS)
		files.remove_packages(bench, journal.facts["packages"])
		files.displace_all(bench, APPS)
		journal.forget()
	else:
		journal.note_site(site.name, None)
	with suppress(Stop):
		site.clear_cache()


def detach(_: Bench, args: argparse.Namespace) -> int:
	"""Leave a bench: its data stays asleep in the site, or goes with --delete-data."""
	bench, site, journal = _opened(args)
	known = journal.facts["sites"].get(site.name)
	if not known:
		if site.state()["parked"] and args.delete_data:
			raise Stop(
				f"the data in {site.name} belongs to apps that are detached: attach, then detach --delete-data"
			)
		raise Stop(f"{site.name} is not attached")
	if known != "attached":
		_clear_up(bench, site, journal)
		return 0
	question = (
		f"This takes the clinic apps out of {site.name}; their data is kept and comes back with attach."
	)
	if args.delete_data:
		question = f"This deletes all data of the clinic apps in {site.name}, after a backup of its database."
	if not _confirm(question, args.yes):
		return 1
	if args.delete_data:
		_delete(bench, site, journal)
	else:
		_put_to_sleep(bench, site, journal)
	say("\n  Restart the bench's processes:  bench restart")
	return 0


def _put_to_sleep(bench: OfficialBench, site: AttachedSite, journal: Journal) -> None:
	"""Park the site's records, in one transaction, then take the files away."""
	with step(f"the apps on {site.name} go to sleep"):
		site.park()
		journal.note_site(site.name, "leaving")
	with step("the files of the apps"):
		_leave(bench, site, journal)


def _delete(bench: OfficialBench, site: AttachedSite, journal: Journal) -> None:
	"""Back up, uninstall, take the files away."""
	with step(f"a backup of {site.name}"):
		site.backup()
	with step("the apps and their data"):
		journal.note_site(site.name, "installing")
		site.remove()
	with step("the files of the apps"):
		_leave(bench, site, journal)
