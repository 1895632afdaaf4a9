"""Commands of `bench --site NAME …` (Frappe reads the list `commands`). See docs/backup.md."""

import sys
from pathlib import Path

import click
import frappe
from frappe.commands import get_site, pass_context


@click.command("clinic-backup")
@click.option("--to", "folder", type=click.Path(path_type=Path), help="Another folder than the settings say.")
@click.option("--started-by", type=click.Choice(["Schedule", "User", "Command line"]), default="Command line")
@pass_context
def clinic_backup(context: dict, folder: Path | None, started_by: str) -> None:
	"""Back up the site, and prove that the backup can be restored."""
	from clinic_core.operations.backup import console

	_run(context, lambda: console.back_up(started_by, folder))


@click.command("clinic-verify-backup")
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--scratch", type=click.Choice(["auto", "private", "site"]), default="auto")
@click.option("--key-file", type=click.Path(path_type=Path), help="File with the encryption key.")
@pass_context
def clinic_verify_backup(context: dict, path: Path, scratch: str, key_file: Path | None) -> None:
	"""Restore a backup into a scratch database and check it. The site is not touched."""
	from clinic_core.operations.backup import console

	_run(context, lambda: console.prove(path, scratch, key_file))


@click.command("clinic-restore")
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--yes", is_flag=True, help="Do not ask.")
@click.option(
	"--despite-findings", is_flag=True, help="Also what can be restored but was found to be wrong in itself."
)
@click.option("--drop-old", is_flag=True, help="Do not keep the database and the files of now.")
@click.option("--key-file", type=click.Path(path_type=Path), help="File with the encryption key.")
@click.option("--db-root-username", default="root", show_default=True)
@click.option(
	"--db-root-password-file",
	type=click.Path(path_type=Path),
	help="File with the password, mode 0600. Else the variable CLINIC_DB_ROOT_PASSWORD, else it is asked for.",
)
@pass_context
def clinic_restore(context: dict, path: Path, **options: object) -> None:
	"""Put a backup in the place of the site, after proving it."""
	from clinic_core.operations.backup import console

	_run(context, lambda: console.restore(path, **options))


def _run(context: dict, work: object) -> None:
	"""Connect to the site, work, and end with 1 if it did not end well."""
	site = get_site(context)
	frappe.init(site=site)
	frappe.connect()
	try:
		ok = work()
	finally:
		frappe.destroy()
	sys.exit(0 if ok else 1)


commands = [clinic_backup, clinic_verify_backup, clinic_restore]
