"""Putting a backup in the place of a site (N7). Until the last step the old site stays as it is.

The dump goes into a new database and the files into new folders beside the old ones; then both are
swapped. The old database and files are kept until the next backup is Verified.
"""

import secrets
import shutil
import tarfile
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import frappe
from pypika import CustomFunction

from clinic_core.operations.backup import files, gpg, loading, making, scratch, site_config, switch
from clinic_core.operations.backup import manifest as manifests
from clinic_core.operations.backup.findings import BackupError
from clinic_core.operations.backup.loading import Server
from clinic_core.operations.backup.manifest import Manifest
from clinic_core.operations.backup.restored import Restored, connect
from clinic_core.operations.backup.site_config import GONE
from clinic_core.operations.backup.switch import Journal

KEPT = "clinic_before_restore"
"""Key of the site's configuration: what a restore left of the site before it."""


@dataclass(frozen=True)
class Job:
	"""What is restored, and with which rights.

	`key`: the encryption key. `root_user`, `root_password`: an account that may make databases.
	`say` is told each step.
	"""

	folder: Path
	key: str | None
	root_user: str
	root_password: str
	say: Callable[[str], None]


def refuse_unfit(manifest: Manifest) -> None:
	"""Raises BackupError if this backup cannot live with the code that is installed here."""
	apps = {app: frappe.get_attr(f"{app}.__version__") for app in frappe.get_all_apps()}
	if found := manifests.check_versions(manifest, frappe.__version__, apps):
		raise BackupError(found[0].code, *found[0].params)


def needs_migration(manifest: Manifest) -> bool:
	"""Whether `bench migrate` has to follow."""
	return manifests.needs_migration(manifest, frappe.__version__, making.installed_versions())


def restore(job: Job, manifest: Manifest) -> None:
	"""Put the proven backup in the place of the site. The caller holds the lock of the backup.

	Afterwards the configuration names the new database: connect anew. Raises BackupError; whatever
	fails, the site is as it was.
	"""
	site = Path(frappe.get_site_path()).absolute()
	host = _account_host()
	root = replace(scratch.site_server(), database="mysql", user=job.root_user, password=job.root_password)
	_try(root)
	name, password = "_" + secrets.token_hex(8), secrets.token_urlsafe(18)
	account = {"db_name": name, "db_password": password}
	if "db_user" in frappe.conf:
		account["db_user"] = name
	journal = Journal(site, secrets.token_hex(4), account)
	try:
		switch.begin(journal)
		job.say("Restoring")
		_make_database(root, name, password, host)
		new = replace(scratch.site_server(), database=name, user=name, password=password)
		_load(job, manifest, new)
		job.say("Copying")
		_unpack(job, manifest, journal)
		switch.complete(journal, _other_keys(job, manifest, journal))
	except BaseException as error:
		if switch.is_complete(journal):
			raise
		switch.undo(journal)
		_drop(root, name, host)
		if isinstance(error, OSError):
			raise files.as_finding(error, site, 0) from error
		raise


def undo_interrupted() -> bool:
	"""Undo a restore that was cut off; returns whether there was one. The caller holds the lock."""
	journal = switch.interrupted(Path(frappe.get_site_path()).absolute())
	if not journal:
		return False
	switch.undo(journal)
	_drop_own(journal.database)
	return True


def drop_kept() -> str | None:
	"""Let go of what the last restore left: returns the name of the database that was dropped.

	The account of the old database may drop it, but not itself; an account without rights is left.
	"""
	site = Path(frappe.get_site_path()).absolute()
	kept = site_config.read(site).get(KEPT)
	if not kept:
		return None
	_drop_own(kept)
	for folder in files.FOLDERS.values():
		shutil.rmtree((site / folder).with_name(f"files.old-{kept['stamp']}"), ignore_errors=True)
	site_config.change(site, {KEPT: GONE})
	return kept["db_name"]


def _load(job: Job, manifest: Manifest, new: Server) -> None:
	loading.load(job.folder / manifest.files["database"]["name"], job.key, new)
	with closing(Restored(new, manifest, {}, {})) as restored:
		counts = {table: restored.count_rows(table) for table in sorted(restored.tables)}
		rows = manifests.check_rows(manifest, counts)
	if not rows.ok:
		raise BackupError(rows.findings[0].code, *rows.findings[0].params)


def _unpack(job: Job, manifest: Manifest, journal: Journal) -> None:
	for role, folder in files.FOLDERS.items():
		target = journal.beside(folder, "new")
		target.mkdir(parents=True)
		archive = job.folder / manifest.files[role]["name"]
		try:
			with gpg.opened(archive, job.key) as stream:
				files.unpack(stream, folder, target)
		except (tarfile.TarError, EOFError) as problem:
			raise BackupError("archive_broken", archive.name, str(problem)) from problem


def _other_keys(job: Job, manifest: Manifest, journal: Journal) -> dict[str, Any]:
	"""The key that passwords in the database are encrypted with; and what is left of the old site."""
	with gpg.opened(job.folder / manifest.files["config"]["name"], job.key) as stream:
		backed_up = frappe.parse_json(stream.read().decode())
	kept = {key: frappe.conf[key] for key in ("db_name", "db_password", "db_user") if key in frappe.conf}
	values = {KEPT: {**kept, "stamp": journal.stamp}}
	if backed_up.get("encryption_key"):
		values["encryption_key"] = backed_up["encryption_key"]
	return values


def _account_host() -> str:
	"""From where the site's account connects: the new one is made like it."""
	return frappe.qb.select(CustomFunction("current_user", [])()).run()[0][0].rsplit("@", 1)[1]


def _try(root: Server) -> None:
	try:
		connect(root).close()
	except Exception as problem:
		raise BackupError("root_refused", root.user, str(problem)) from problem


def _make_database(root: Server, name: str, password: str, host: str) -> None:
	with closing(connect(root)) as connection:
		cursor = connection.cursor()
		cursor.execute(f"CREATE DATABASE `{name}` CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci")
		cursor.execute("CREATE USER %s@%s IDENTIFIED BY %s", (name, host, password))
		cursor.execute(f"GRANT ALL PRIVILEGES ON `{name}`.* TO %s@%s", (name, host))


def _drop(root: Server, name: str, host: str) -> None:
	with suppress(Exception), closing(connect(root)) as connection:
		cursor = connection.cursor()
		cursor.execute(f"DROP DATABASE IF EXISTS `{name}`")
		cursor.execute("DROP USER IF EXISTS %s@%s", (name, host))


def _drop_own(account: dict[str, Any]) -> None:
	"""Drop a database by its own account; one that is gone already is no problem."""
	name = account["db_name"]
	server = replace(
		scratch.site_server(),
		database=name,
		user=account.get("db_user") or name,
		password=account["db_password"],
	)
	with suppress(Exception), closing(connect(server)) as connection:
		connection.cursor().execute(f"DROP DATABASE IF EXISTS `{name}`")
