"""What the commands of `clinic_core.commands` do and print; each returns whether it ended well."""

import os
import shutil
import subprocess
from pathlib import Path

import click
import frappe
from frappe import _

from clinic_core.operations.backup import runs, sentences, settings
from clinic_core.operations.backup.findings import BackupError, Check, from_dict
from clinic_core.operations.backup.retention import FAILED
from clinic_core.operations.backup.verification import Tools, verify

NICEST = 19


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


def read_key(key_file: Path | None) -> str | None:
	"""The encryption key from a file, else that of the site."""
	return key_file.read_text().strip() if key_file else settings.key()


def _announce(phase: str) -> None:
	click.echo(f"… {_(phase)}")


def show(checks: list[Check]) -> None:
	"""A line for each check and for each finding."""
	for one in checks:
		mark, colour = ("✓", "green") if one.ok else ("✗", "red")
		click.secho(f"{mark} {sentences.label(one.code)}: {one.count:,}", fg=colour)
		for found in one.findings:
			click.echo(f"    {sentences.say(found)}")
