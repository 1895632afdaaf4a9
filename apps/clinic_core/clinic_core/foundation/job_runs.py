"""Keeps a record of each run of a long job, also of one that was killed (E123).

A run holds a lock of the database connection for as long as its process lives. Whoever gets the lock
therefore knows that no run goes on: one still called Running has ended without a word.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial

import frappe
from frappe.model.document import Document
from frappe.utils import now_datetime
from pypika import CustomFunction

from clinic_core.foundation import boundary

DOCTYPE = "Clinic Job Run"
STEP = "Clinic Job Step"
RUNNING, DONE, FAILED, LOST = "Running", "Done", "Failed", "Ended Without a Word"
ERROR_LENGTH = 500

_get_lock = CustomFunction("get_lock", ["name", "seconds"])
_release_lock = CustomFunction("release_lock", ["name"])
_is_free_lock = CustomFunction("is_free_lock", ["name"])


def run(job: str, methods: Iterable[str]) -> str | None:
	"""Run `methods` one after the other as a run of `job` and record how each ended.

	A method that fails leaves an Error Log and does not keep the others from their work. Returns how
	the run ended, or None without doing anything while another process runs the same job.
	"""
	with _alone(job) as is_alone:
		if not is_alone:
			return None
		name = _recorded(partial(_begin, job))
		outcomes = [_step(name, method) for method in methods]
		status = FAILED if FAILED in outcomes else DONE
		_recorded(partial(_end, DOCTYPE, name, status))
		return status


def is_going_on(job: str) -> bool:
	"""Whether a process runs the job at this moment."""
	return not frappe.qb.select(_is_free_lock(_lock_name(job))).run()[0][0]


def _step(run_name: str, method: str) -> str:
	step = _recorded(partial(_begin_step, run_name, method))
	boundary.begin()
	try:
		frappe.get_attr(method)()
		# Handlers commit their own chunks; what one leaves open is made to last with the record.
		_end(STEP, step, DONE)
		boundary.finish()
		return DONE
	except Exception as error:
		boundary.undo()
		message, trace = f"{type(error).__name__}: {error}"[:ERROR_LENGTH], frappe.get_traceback()
		_recorded(partial(_fail, step, method, message, trace))
		return FAILED


def _recorded(write: Callable[[], str | None]) -> str | None:
	return boundary.command("foundation.job_run", None, write)


def _begin(job: str) -> str:
	lost = frappe.get_all(DOCTYPE, {"job": job, "status": RUNNING}, pluck="name", order_by="name asc")
	if lost:
		frappe.db.set_value(DOCTYPE, {"name": ("in", lost)}, "status", LOST)
		frappe.db.set_value(STEP, {"parent": ("in", lost), "status": RUNNING}, "status", LOST)
	doc = frappe.get_doc({"doctype": DOCTYPE, "job": job, "status": RUNNING, "started_at": now_datetime()})
	return doc.insert(ignore_permissions=True).name


def _begin_step(run_name: str, method: str) -> str:
	run_doc: Document = frappe.get_doc(DOCTYPE, run_name)
	row = run_doc.append("steps", {"method": method, "status": RUNNING, "started_at": now_datetime()})
	row.db_insert()
	return row.name


def _fail(step: str, method: str, message: str, trace: str) -> None:
	frappe.log_error(f"Clinic night job failed: {method}", trace)
	frappe.db.set_value(STEP, step, {"status": FAILED, "ended_at": now_datetime(), "error": message})


def _end(doctype: str, name: str, status: str) -> None:
	frappe.db.set_value(doctype, name, {"status": status, "ended_at": now_datetime()})


@contextmanager
def _alone(job: str) -> Iterator[bool]:
	"""Hold the job's lock; False if another connection has it. A killed process loses it at once."""
	name = _lock_name(job)
	is_alone = bool(frappe.qb.select(_get_lock(name, 0)).run()[0][0])
	try:
		yield is_alone
	finally:
		if is_alone:
			frappe.qb.select(_release_lock(name)).run()


def _lock_name(job: str) -> str:
	"""Locks are the server's, jobs the site's. MariaDB takes 64 characters."""
	return f"{frappe.conf.db_name[:40]}:{job[:20]}"
