"""Proving a backup: its files are the ones written, it can be restored, and what comes back is right (N7).

Everything is read as a stream and the scratch database is gone afterwards. A problem does not end the
proof as long as something can still be looked at: a file that was changed is named, and so is the
voucher that was changed in it.
"""

import gzip
import json
import tarfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

import frappe

from clinic_core.operations.backup import files, gpg, loading, scratch
from clinic_core.operations.backup import manifest as manifests
from clinic_core.operations.backup.findings import BackupError, Check, Finding, check, finding
from clinic_core.operations.backup.manifest import Manifest
from clinic_core.operations.backup.restored import Restored, schema_digests

Listed = dict[str, int | None]
# An empty server with its logs, and tables that lie less densely than at home.
SCRATCH_BYTES, SCRATCH_FACTOR = 400 * 1024**2, 1.2
Progress = Callable[[str], None]


@dataclass
class Verdict:
	"""What came of a proof."""

	checks: list[Check] = field(default_factory=list)
	seconds: dict[str, float] = field(default_factory=dict)

	@property
	def ok(self) -> bool:
		"""Nothing worse than a warning was found."""
		return all(one.ok for one in self.checks)

	@property
	def is_restorable(self) -> bool:
		"""All parts of the backup can be read, whatever its records say of each other."""
		parts = [
			one for one in self.checks if one.code in ("manifest", "files_intact", "archives", "restored")
		]
		return all(one.ok for one in parts) and any(one.code == "restored" for one in parts)

	@property
	def findings(self) -> list[Finding]:
		"""What was found, in the order of the checks."""
		return [found for one in self.checks for found in one.findings]

	def as_dict(self) -> dict[str, Any]:
		"""For JSON."""
		return {"ok": self.ok, "checks": [one.as_dict() for one in self.checks], "seconds": self.seconds}


@dataclass(frozen=True)
class Tools:
	"""What a proof works with.

	`key`: the encryption key, if there is one. `workspace`: folder for the scratch database. `where`:
	which scratch database (`scratch.open_database`). `progress` is told the phase: Restoring, Checking.
	"""

	workspace: Path
	key: str | None = None
	where: str = scratch.AUTO
	progress: Progress = lambda _phase: None


def verify(folder: Path, tools: Tools) -> Verdict:
	"""Prove the backup in `folder`. Never raises for a bad backup: what is wrong is in the verdict."""
	verdict = Verdict()
	with _guard(verdict, "manifest"):
		manifest = manifests.read(folder)
		verdict.checks.append(manifests.check_files(manifest, folder))
		tools.progress("Restoring")
		with _timed(verdict, "archives"):
			uploads = _check_archives(manifest, folder, tools.key, verdict)
		with _guard(verdict, "restored"):
			_restore_and_check(manifest, folder, uploads, verdict, tools)
	return verdict


@contextmanager
def _guard(verdict: Verdict, code: str) -> Iterator[None]:
	"""What stops a part of the proof is a result of the proof."""
	try:
		yield
	except BackupError as problem:
		verdict.checks.append(check(code, None, [problem.finding]))


@contextmanager
def _timed(verdict: Verdict, phase: str) -> Iterator[None]:
	started = time.monotonic()
	try:
		yield
	finally:
		verdict.seconds[phase] = round(time.monotonic() - started, 1)


def _check_archives(
	manifest: Manifest, folder: Path, key: str | None, verdict: Verdict
) -> tuple[Listed, dict[str, int]]:
	"""Read both archives to their end and compare them with the list of what lay on the disk."""
	listed: Listed = {}
	archived: dict[str, int] = {}
	found: list[Finding] = []
	try:
		listed = _read_list(manifest, folder, key)
	except BackupError as problem:
		found.append(problem.finding)
	for role, inside in files.FOLDERS.items():
		try:
			with _part(manifest, folder, role, key) as stream:
				archived.update((path, member.size) for _a, member, path in files.members(stream, inside))
		except BackupError as problem:
			found.append(problem.finding)
		except (tarfile.TarError, EOFError, OSError) as problem:
			found.append(finding("archive_broken", manifest.files[role]["name"], str(problem)))
	for path, size in sorted(listed.items()):
		if size is None:
			continue
		if path not in archived:
			found.append(finding("archived_file_missing", path))
		elif archived[path] != size:
			found.append(finding("archived_file_differs", path, archived[path], size))
	verdict.checks.append(check("archives", len(archived), found))
	return listed, archived


def _read_list(manifest: Manifest, folder: Path, key: str | None) -> Listed:
	with _part(manifest, folder, "file_list", key) as stream:
		try:
			return json.loads(gzip.decompress(stream.read()))
		except (OSError, EOFError, ValueError) as problem:
			name = manifest.files["file_list"]["name"]
			raise BackupError("archive_broken", name, str(problem)) from problem


@contextmanager
def _part(manifest: Manifest, folder: Path, role: str, key: str | None) -> Iterator[IO[bytes]]:
	"""The plain content of one file of the backup."""
	entry = manifest.files.get(role)
	if not entry:
		raise BackupError("part_missing", role)
	path = folder / entry["name"]
	if not path.is_file():
		raise BackupError("file_missing", entry["name"])
	with gpg.opened(path, key) as stream:
		yield stream


def _restore_and_check(
	manifest: Manifest,
	folder: Path,
	uploads: tuple[Listed, dict[str, int]],
	verdict: Verdict,
	tools: Tools,
) -> None:
	entry = manifest.files.get("database")
	if not entry or not (folder / entry["name"]).is_file():
		return  # Named already; there is nothing to restore.
	for found in verdict.findings:
		if found.code in ("key_missing", "key_wrong"):
			raise BackupError(found.code, entry["name"])
	needed = int(manifest.database_bytes * SCRATCH_FACTOR) + SCRATCH_BYTES
	files.need_space(tools.workspace, needed)
	with scratch.open_database(tools.workspace, tools.where) as server:
		with _timed(verdict, "restore"):
			loading.load(folder / entry["name"], tools.key, server, tools.workspace)
		verdict.checks.append(check("restored", None))
		tools.progress("Checking")
		listed, archived = uploads
		with (
			_timed(verdict, "checks"),
			closing(Restored(server, manifest, archived, listed)) as restored,
		):
			verdict.checks += _check_restored(restored)


def _check_restored(restored: Restored) -> list[Check]:
	"""Tables, rows and columns, then what each app knows must hold (hook `clinic_backup_checks`)."""
	manifest = restored.manifest
	wanted = sorted(manifest.rows_before.keys() & restored.tables)
	checks = [
		manifests.check_rows(manifest, {table: restored.count_rows(table) for table in wanted}),
		manifests.check_schema(manifest, schema_digests(restored.columns())),
	]
	for method in _checks_of_apps():
		try:
			checks += frappe.get_attr(method)(restored)
		except Exception as problem:
			# A check that cannot read what came back has found that it is not what it should be.
			checks.append(check("check_failed", None, [finding("check_stumbled", method, str(problem))]))
	return checks


def _checks_of_apps() -> list[str]:
	"""What every installed app has in its hooks, asked of the code and not of Frappe's cache.

	A process that lives since before an update can leave old hooks in the cache: a backup would be
	called right though nobody had looked at its ledger.
	"""
	apps = frappe.get_installed_apps()
	return [method for app in apps for method in frappe.get_hooks("clinic_backup_checks", app_name=app)]
