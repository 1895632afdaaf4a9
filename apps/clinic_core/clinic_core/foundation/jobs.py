"""Scheduler entry points of the shared kernel; each may run twice without harm."""

from functools import partial

import frappe

from clinic_core.foundation import events, idempotency, job_runs
from clinic_core.foundation.boundary import command

NIGHT = "Night"
NIGHT_SECONDS = 4 * 60 * 60


def retry_event_failures() -> None:
	"""Every few minutes: try failed handlers of other apps again, each a command of its own.

	One failure must not undo the success of another.
	"""
	for name in events.due_failures():
		command("foundation.retry_event", None, partial(events.retry, name))


def purge_idempotency_keys() -> None:
	"""Every night: forget the keys whose time is over."""
	idempotency.purge_expired()


def start_night() -> bool:
	"""At 01:00 site time: hand the night job to a worker of the long queue. Returns whether it was queued.

	Frappe gives a scheduled job minutes; a night that catches up many days needs more.
	"""
	job = frappe.enqueue(
		"clinic_core.foundation.jobs.run_night",
		queue="long",
		timeout=NIGHT_SECONDS,
		job_id="clinic_night",
		deduplicate=True,
	)
	return bool(job)


def run_night() -> str | None:
	"""The night job of every module, in the order of the apps (`design.md` §4.11).

	Each job is idempotent and commits its own chunks. One that fails leaves an Error Log and does
	not keep the others from their work; what it missed, or what a killed night left undone, is
	caught up by the next one. Returns how the night ended, None while another one is running.
	"""
	return job_runs.run(NIGHT, frappe.get_hooks("clinic_night_jobs"))
