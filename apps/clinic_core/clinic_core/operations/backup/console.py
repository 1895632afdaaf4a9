"""What the commands of `clinic_core.commands` do and print; each returns whether it ended well."""

import os
import shutil
import subprocess
from pathlib import Path

import click
import frappe
from frappe import _

from clinic_core.operations.backup import manifest as manifests
from clinic_core.operations.backup import restoring, runs, sentences, settings
from clinic_core.operations.backup.findings import BackupError, Check, from_dict
from clinic_core.operations.backup.manifest import Manifest
from clinic_core.operations.backup.retention import FAILED
from clinic_core.operations.backup.verification import Tools, Verdict, verify

NICEST = 19
ROOT_PASSWORD = "CLINIC_DB_ROOT_PASSWORD"
"""Variable with the password of the account that may make databases."""


def be_gentle() -> None:
	"""Let everybody else go first, at the processor and at the disk; children inherit it."""
	os.nice(NICEST)
	if shutil.which("ionice"):
		subprocess.run(["ionice", "-c", "3", "-p", str(os.getpid())], capture_output=True, check=False)


def back_up(started_by: str, parent: Path | None) -> bool:
	"""`clinic-backup`."""
	be_gentle()
	try:
		name = runs.run(started_by, parent.absolute() if parent else None)
	except BackupError as problem:
		click.secho(sentences.say(problem.finding), fg="red", err=True)
		return False
	row = frappe.get_doc(runs.DOCTYPE, name)
	show([from_dict(one) for one in frappe.parse_json(row.checks)])
	colour = "red" if row.status == FAILED else "green"
	click.secho(f"{_(row.status)}: {row.path or name} ({sentences.size(row.size_bytes)})", fg=colour)
	return row.status != FAILED


def prove(path: Path, scratch: str, key_file: Path | None) -> bool:
	"""`clinic-verify-backup`."""
	be_gentle()
	verdict = verify(path.absolute(), Tools(settings.folder(), read_key(key_file), scratch, _announce))
	show(verdict.checks)
	return verdict.ok


def restore(
	path: Path,
	yes: bool,
	despite_findings: bool,
	drop_old: bool,
	key_file: Path | None,
	db_root_username: str,
	db_root_password_file: Path | None,
) -> bool:
	"""`clinic-restore`."""
	folder, key = path.absolute(), read_key(key_file)
	try:
		with runs.exclusive():
			if restoring.undo_interrupted():
				click.echo(_("A restore that was cut off was undone."))
			manifest = manifests.read(folder)
			restoring.refuse_unfit(manifest)
			if not yes and not _confirmed(manifest):
				return False
			verdict = verify(folder, Tools(settings.folder(), key, progress=_announce))
			show(verdict.checks)
			if not (verdict.ok or (despite_findings and verdict.is_restorable)):
				click.secho(_("Nothing was restored: the backup is not good."), fg="red", err=True)
				return False
			password = _root_password(db_root_username, db_root_password_file)
			restoring.restore(restoring.Job(folder, key, db_root_username, password, _announce), manifest)
			_after_restore(folder, manifest, verdict, drop_old)
	except BackupError as problem:
		click.secho(sentences.say(problem.finding), fg="red", err=True)
		click.secho(_("Nothing was restored: the site is as it was."), fg="red", err=True)
		return False
	return True


def _confirmed(manifest: Manifest) -> bool:
	question = _("Put the backup of {0} from {1} in the place of the site {2}?")
	return click.confirm(question.format(manifest.site, manifest.made_at, frappe.local.site))


def _root_password(user: str, file: Path | None) -> str:
	"""Never from the command line, where everybody on the machine could read it."""
	if file:
		if file.stat().st_mode & 0o077:
			raise BackupError("password_file_open", str(file))
		return file.read_text().strip()
	if (given := os.environ.get(ROOT_PASSWORD)) is not None:
		return given
	return click.prompt(_("Password of the database account {0}").format(user), hide_input=True, default="")


def _after_restore(folder: Path, manifest: Manifest, verdict: Verdict, drop_old: bool) -> None:
	"""Connect to what the configuration names now, and say what is left to do."""
	site = frappe.local.site
	frappe.destroy()
	frappe.init(site=site)
	frappe.connect()
	frappe.clear_cache()
	runs.record_restored(manifest, folder, verdict.checks)
	click.secho(_("The site {0} is restored to {1}.").format(site, manifest.made_at), fg="green")
	if drop_old:
		restoring.drop_kept()
	else:
		kept = frappe.conf[restoring.KEPT]["db_name"]
		click.echo(_("The database of before, {0}, is kept until the next backup is Verified.").format(kept))
	if restoring.needs_migration(manifest):
		click.secho(_("The apps are newer than the backup: run bench migrate now."), fg="yellow")
	click.echo(
		_("Restart the web server and the workers, so that none of them goes on with the old database.")
	)


def read_key(key_file: Path | None) -> str | None:
	"""The encryption key from a file, else that of the site."""
	return key_file.read_text().strip() if key_file else settings.key()


def _announce(phase: str) -> None:
	click.echo(f"… {_(phase)}")


def show(checks: list[Check]) -> None:
	"""A line for each check and for each finding."""
	for one in checks:
		mark, colour = ("✓", "green") if one.ok else ("✗", "red")
		count = "" if one.count is None else f": {one.count:,}"
		click.secho(f"{mark} {sentences.label(one.code)}{count}", fg=colour)
		for found in one.findings:
			click.echo(f"    {sentences.say(found)}")
