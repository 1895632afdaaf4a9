"""Scheduler entry points of the shared kernel; each may run twice without harm."""

from functools import partial

import frappe

from clinic_core.foundation import events, idempotency
from clinic_core.foundation.boundary import command


def retry_event_failures() -> None:
	"""Every few minutes: try failed handlers of other apps again, each a command of its own.

	One failure must not undo the success of another.
	"""
	for name in events.due_failures():
		command("foundation.retry_event", None, partial(events.retry, name))


def purge_idempotency_keys() -> None:
	"""Every night: forget the keys whose time is over."""
	idempotency.purge_expired()


def run_night() -> None:
	"""At 01:00 site time: the night job of every module, in the order of the apps (`design.md` §4.11).

	Each job is idempotent and commits its own chunks. One that fails leaves an Error Log and does
	not keep the others from their work; what it missed is caught up by the next night.
	"""
	for job in frappe.get_hooks("clinic_night_jobs"):
		try:
			frappe.get_attr(job)()
			frappe.db.commit()
		except Exception:
			frappe.db.rollback()
			frappe.log_error(f"Clinic night job failed: {job}")
			frappe.db.commit()
