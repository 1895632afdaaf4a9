"""Making a backup: Frappe's own command dumps, then it is described, sealed and put in its place (N7)."""

import datetime
import gzip
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import frappe
from frappe.model.base_document import get_controller
from frappe.query_builder.functions import Count
from frappe.utils import now_datetime
from pypika import CustomFunction

from clinic_core.foundation.append_only import AppendOnly
from clinic_core.operations.backup import files, gpg, store
from clinic_core.operations.backup import manifest as manifests
from clinic_core.operations.backup.findings import BackupError
from clinic_core.operations.backup.manifest import Manifest
from clinic_core.operations.backup.restored import schema_digests, schema_query, tables_query
from clinic_core.operations.backup.verification import Listed, Progress

FILE_LIST = "file_list.json.gz"
# A packed dump is about a fifth of the tables; twice that, because encryption writes a second copy first.
DUMP_FACTOR = 0.4
SPARE_BYTES = 100 * 1024**2
# How Frappe ends the names of what it writes.
_ENDINGS = {
	"private": "-private-files.tar",
	"public": "-files.tar",
	"database": "-database.sql.gz",
	"config": "-site_config_backup.json",
}


_TELLING = re.compile(r"^(mysqldump|mariadb-dump|tar|gzip): |^[\w.]*(Error|Exception|NotFound)\b")


def make(parent: Path, name: str, key: str | None, progress: Progress) -> Manifest:
	"""Make the backup `parent`/`name`: whole, or not at all.

	With a `key` every part is encrypted, the site's configuration too. `progress` is told the phase:
	Dumping, Encrypting. Raises BackupError: `disk_too_small`, `disk_full`, `dump_failed`, …
	"""
	part = parent / (name + store.PART)
	try:
		files.need_space(parent, needed_bytes())
		part.mkdir(parents=True, mode=0o700)
		manifest = _describe_site(name, bool(key))
		before = files.site_files(_site_folder())
		manifest.rows_before = count_rows()
		progress("Dumping")
		_dump(part)
		manifest.rows_after = count_rows()
		_write_file_list(part / FILE_LIST, before)
		_seal(part, manifest, key, progress)
		part.rename(parent / name)
	except OSError as error:
		raise files.as_finding(error, parent, needed_bytes()) from error
	finally:
		shutil.rmtree(part, ignore_errors=True)
	return manifest


def needed_bytes() -> int:
	"""How much room a backup needs at most while it is made."""
	uploads = sum(files.site_files(_site_folder()).values())
	return int(database_bytes() * DUMP_FACTOR) + 2 * uploads + SPARE_BYTES


def database_bytes() -> int:
	"""What the tables take on the server."""
	return int(sum(row.size or 0 for row in tables_query(frappe.conf.db_name).run(as_dict=True)))


def count_rows() -> dict[str, int]:
	"""Rows of every table, as they are now. Ends the transaction: the next look is a fresh one."""
	frappe.db.rollback()
	return {
		row.TABLE_NAME: frappe.qb.from_(frappe.qb.Table(row.TABLE_NAME)).select(Count("*")).run()[0][0]
		for row in tables_query(frappe.conf.db_name).run(as_dict=True)
	}


def _site_folder() -> Path:
	return Path(frappe.get_site_path()).absolute()


def _describe_site(name: str, encrypted: bool) -> Manifest:
	made_at: datetime.datetime = now_datetime()
	return Manifest(
		name=name,
		site=frappe.local.site,
		made_at=made_at.isoformat(sep=" ", timespec="seconds"),
		frappe_version=frappe.__version__,
		apps=installed_versions(),
		database_version=frappe.qb.select(CustomFunction("version", [])()).run()[0][0],
		encrypted=encrypted,
		database_bytes=database_bytes(),
		append_only=_append_only_tables(),
		schema=schema_digests(schema_query(frappe.conf.db_name).run(as_dict=True)),
	)


def installed_versions() -> dict[str, str]:
	"""App → version of the code that runs here."""
	return {app: frappe.get_attr(f"{app}.__version__") for app in frappe.get_installed_apps()}


def _append_only_tables() -> list[str]:
	names = frappe.get_all("DocType", {"name": ("like", "Clinic %")}, pluck="name", order_by="name asc")
	return [f"tab{name}" for name in names if issubclass(get_controller(name), AppendOnly)]


def _dump(part: Path) -> None:
	"""`bench --site … backup --with-files`, in a process of its own: documented, in every version.

	Tables that the bench leaves out of its own backups belong into ours.
	"""
	with tempfile.TemporaryDirectory(prefix="clinic-backup-") as place:
		# Frappe puts the path into a shell command: a folder with a blank would be two.
		link = Path(place) / "part"
		link.symlink_to(part)
		done = subprocess.run(
			[
				*(sys.executable, "-m", "frappe.utils.bench_helper", "frappe", "--site", frappe.local.site),
				*("backup", "--with-files", "--ignore-backup-conf", "--verbose"),
				*("--backup-path", str(link)),
			],
			cwd=Path(frappe.local.sites_path).absolute(),
			env={**os.environ, "LC_ALL": "C.UTF-8"},
			stdin=subprocess.DEVNULL,
			capture_output=True,
			text=True,
			errors="replace",
		)
	said = done.stdout + done.stderr
	if "No space left" in said or "File too large" in said or "Disk quota" in said:
		raise BackupError("disk_full", str(part.parent), files.free_bytes(part), needed_bytes())
	if done.returncode:
		raise BackupError("dump_failed", _last_words(said))


def _last_words(said: str) -> str:
	"""The line that says what went wrong, among tracebacks."""
	lines = [line.strip() for line in said.splitlines() if line.strip()]
	telling = [line for line in lines if _TELLING.search(line)]
	return (telling or lines or [""])[-1][:300]


def _write_file_list(path: Path, before: dict[str, int]) -> None:
	"""What lay on the disk all the time; None for what was deleted or rewritten meanwhile."""
	after = files.site_files(_site_folder())
	listed: Listed = {path: size if after.get(path) == size else None for path, size in before.items()}
	with gzip.open(path, "wt", encoding="utf-8") as file:
		json.dump(listed, file, ensure_ascii=False)


def _seal(part: Path, manifest: Manifest, key: str | None, progress: Progress) -> None:
	"""Name every part, encrypt it if there is a key, and write the manifest last."""
	paths = {"file_list": part / FILE_LIST}
	for path in part.iterdir():
		plain_name = path.name.replace("-enc.", ".")
		role = next((role for role, ending in _ENDINGS.items() if plain_name.endswith(ending)), None)
		if role:
			paths[role] = path
	if missing := [role for role in manifests.ROLES if role not in paths]:
		raise BackupError("part_missing", missing[0])
	if key:
		progress("Encrypting")
	for role in manifests.ROLES:
		path = paths[role]
		if key and not gpg.is_encrypted(path):
			target = _encrypted_name(path)
			gpg.encrypt(path, target, key)
			path = target
		path.chmod(0o600)
		manifest.files[role] = manifests.describe(path)
	files.write_json(part / manifests.MANIFEST, manifest.as_dict())


def _encrypted_name(path: Path) -> Path:
	"""As Frappe calls its own: `…-database-enc.sql.gz`."""
	if "-enc." in path.name:
		return path
	stem, dot, endings = path.name.partition(".")
	return path.with_name(f"{stem}-enc{dot}{endings}")
