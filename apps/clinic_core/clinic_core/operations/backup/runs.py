"""One run of the backup: made, copied, proven, recorded (N7). Called in a process of its own."""

import fcntl
import os
import resource
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import frappe
from frappe.utils import now_datetime

from clinic_core.foundation.boundary import command
from clinic_core.operations.backup import making, restoring, sentences, settings, store, telling
from clinic_core.operations.backup.findings import BackupError, Check, check, finding
from clinic_core.operations.backup.manifest import Manifest
from clinic_core.operations.backup.retention import FAILED, NOT_VERIFIED, VERIFIED
from clinic_core.operations.backup.verification import Tools, verify

DOCTYPE = "Clinic Backup"
RUNNING = "Running"
_LOCK = "clinic_backup.lock"


@dataclass
class Run:
	"""What is known of a run while it goes on."""

	name: str
	path: Path
	"""The folder of the backup."""
	started_by: str = "Schedule"
	folders: list[Path] = field(default_factory=list)
	"""All copies of it."""
	checks: list[Check] = field(default_factory=list)
	values: dict[str, Any] = field(default_factory=dict)


@contextmanager
def exclusive() -> Iterator[None]:
	"""Only one run at a time on a site; the system frees the lock however the run ends.

	Raises BackupError `already_running`.
	"""
	folder = Path(frappe.get_site_path("locks"))
	folder.mkdir(exist_ok=True)
	lock = os.open(folder / _LOCK, os.O_RDWR | os.O_CREAT, 0o600)
	try:
		try:
			fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
		except OSError:
			raise BackupError("already_running") from None
		yield
	finally:
		os.close(lock)


def is_running() -> bool:
	"""Whether a run goes on at this moment."""
	try:
		with exclusive():
			return False
	except BackupError:
		return True


def run(started_by: str, parent: Path | None = None) -> str:
	"""Make, copy and prove a backup; returns the name of its Clinic Backup row.

	`parent`: another folder than the settings say, for this once; nothing is tidied up there then.
	A bad end is not raised but recorded and told to the managers. Raises BackupError
	`already_running` only.
	"""
	with exclusive():
		restoring.undo_interrupted()
		bury_the_dead()
		folder = parent or settings.folder()
		name = now_datetime().strftime("%Y%m%d-%H%M%S")
		this = Run(name, folder / name, started_by)
		_insert(this)
		try:
			_go_through(this)
		except BackupError as problem:
			this.checks.insert(0, check("making", None, [problem.finding]))
		except Exception as problem:
			unexpected = finding("unexpected", f"{type(problem).__name__}: {problem}")
			this.checks.insert(0, check("making", None, [unexpected]))
			frappe.log_error("Clinic backup failed")
		_finish(this)
		if this.values["status"] == VERIFIED:
			restoring.drop_kept()
		if parent is None:
			_tidy()
		return name


def bury_the_dead() -> None:
	"""Runs that still look running have ended without a word. The caller holds the lock."""
	names = frappe.get_all(DOCTYPE, {"status": RUNNING}, pluck="name", order_by="name asc")
	for name in names:
		this = Run(name, Path(), checks=[check("making", None, [finding("ended_silently")])])
		_finish(this)


def record_restored(manifest: Manifest, path: Path, checks: list[Check]) -> None:
	"""In a restored database the run it came from still looks running: say how it ended."""
	if frappe.db.get_value(DOCTYPE, manifest.name, "status") == RUNNING:
		this = Run(manifest.name, path, checks=checks)
		_describe(this, manifest)
		_finish(this)


def _go_through(this: Run) -> None:
	with _timed(this, "dump_seconds"):
		this.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
		store.remove_unfinished(this.path.parent)
		key = settings.key_to_encrypt_with()
		manifest = making.make(this.path.parent, this.name, key, _phase(this))
	this.folders.append(this.path)
	_describe(this, manifest)
	this.checks.append(check("making", None))
	_copy(this, manifest)
	if settings.get("verify"):
		verdict = verify(this.path, Tools(settings.folder(), settings.key(), progress=_phase(this)))
		this.checks += verdict.checks
		this.values["restore_seconds"] = verdict.seconds.get("restore", 0)
		this.values["check_seconds"] = sum(verdict.seconds.get(part, 0) for part in ("archives", "checks"))


def _describe(this: Run, manifest: Manifest) -> None:
	this.values.update(
		size_bytes=manifest.size,
		encrypted=int(manifest.encrypted),
		path=str(this.path),
		versions=_versions(manifest),
	)


def _copy(this: Run, manifest: Manifest) -> None:
	"""A second copy that fails makes the run red, but the first one is still proven."""
	wanted = settings.get("second_path")
	if not wanted:
		return
	_phase(this)("Copying")
	try:
		with _timed(this, "copy_seconds"):
			copied = store.copy(this.path, settings.second_folder(), manifest)
	except BackupError as problem:
		this.values.update(second_copy="Failed", second_path=wanted)
		this.checks.append(check("copying", None, [problem.finding]))
	else:
		this.folders.append(copied)
		this.values.update(second_copy="Copied", second_path=str(copied))
		this.checks.append(check("copying", None))


@contextmanager
def _timed(this: Run, fieldname: str) -> Iterator[None]:
	started = time.monotonic()
	try:
		yield
	finally:
		this.values[fieldname] = round(time.monotonic() - started, 1)


def _phase(this: Run) -> Callable[[str], None]:
	"""What tells the screens how far the run is, and lets go of the connection for the hours to come."""

	def begin(phase: str) -> None:
		_record(this.name, {"phase": phase})
		frappe.db.close()

	return begin


def _insert(this: Run) -> None:
	row = {
		"doctype": DOCTYPE,
		"name": this.name,
		"status": RUNNING,
		"phase": "Preparing",
		"started_by": this.started_by,
		"started_at": now_datetime(),
	}
	command("operations.backup", None, lambda: frappe.get_doc(row).insert(ignore_permissions=True))


def _record(name: str, values: dict[str, Any]) -> None:
	"""Write to the row, and tell the screens."""

	def write() -> None:
		if frappe.db.exists(DOCTYPE, name):
			frappe.get_doc(DOCTYPE, name).db_set(values, notify=True)

	command("operations.backup", None, write)


def _finish(this: Run) -> None:
	found = [one for checked in this.checks for one in checked.findings]
	status = _judge(this.checks)
	checks = [checked.as_dict() for checked in this.checks]
	peak = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
	# A backup whose second copy failed is still as good as its own proof says.
	own = _judge([checked for checked in this.checks if checked.code != "copying"])
	for folder in filter(Path.is_dir, this.folders):
		store.write_verdict(folder, own, {"checks": checks})
	this.values.update(
		status=status,
		phase="",
		ended_at=now_datetime(),
		problems=sentences.say_all(found),
		checks=frappe.as_json(checks, indent=None),
		peak_memory_mb=peak // 1024,
	)
	if not frappe.db.exists(DOCTYPE, this.name):
		_insert(this)  # Somebody put another database in the place of ours meanwhile.
	_record(this.name, this.values)
	command("operations.backup", None, lambda: telling.tell(this.name, status, found))


def _judge(checks: list[Check]) -> str:
	if not all(checked.ok for checked in checks):
		return FAILED
	return VERIFIED if any(checked.code == "restored" for checked in checks) else NOT_VERIFIED


def _versions(manifest: Manifest) -> str:
	apps = {"MariaDB": manifest.database_version, **manifest.apps}
	return "\n".join(f"{name} {version}" for name, version in apps.items())


def _tidy() -> None:
	"""Remove what the rule does not keep, here and in the second folder."""
	site, rule = frappe.local.site, settings.rule()
	gone = store.tidy(settings.folder(), site, rule)
	with suppress(BackupError):  # A second folder that is missing is named already.
		if second := settings.second_folder():
			store.tidy(second, site, rule)
	if gone:
		removed = {"removed_at": now_datetime()}
		command(
			"operations.backup", None, lambda: frappe.db.set_value(DOCTYPE, {"name": ("in", gone)}, removed)
		)
