"""Scheduler and queue entry points of the backup; each may run twice without harm."""

import subprocess
import sys
from pathlib import Path

import frappe

from clinic_core.operations.backup import runs, settings

SECONDS = 8 * 60 * 60
JOB = "clinic_backup"


def start_nightly() -> None:
	"""At 02:00 site time, after the night job: start a backup if the clinic wants one."""
	if settings.get("enabled"):
		start("Schedule")


def start(started_by: str) -> bool:
	"""Hand a backup to a worker of the long queue. False while one waits or runs already."""
	if runs.is_running():
		return False
	job = frappe.enqueue(
		"clinic_core.operations.backup.jobs.back_up",
		queue="long",
		timeout=SECONDS,
		job_id=JOB,
		deduplicate=True,
		started_by=started_by,
	)
	return bool(job)


def back_up(started_by: str) -> None:
	"""Run the command in a process of its own: it makes itself nice, and its memory goes with it.

	The outcome is on the row and told by the command; a process that is killed is found by the next run.
	"""
	command = [sys.executable, "-m", "frappe.utils.bench_helper", "frappe", "--site", frappe.local.site]
	subprocess.run(
		[*command, "clinic-backup", "--started-by", started_by],
		cwd=Path(frappe.local.sites_path).absolute(),
		stdin=subprocess.DEVNULL,
		check=False,
	)
