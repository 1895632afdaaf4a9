"""The one place that knows how Frappe versions differ on the server.

Checked for 15.0.0-dev (2023-08), 15.56 and 16.0.0-dev (2025-05).
"""

import datetime

import frappe
from frappe.utils import background_jobs, convert_utc_to_system_timezone
from rq import Queue, Worker
from rq.job import Job

SUPPORTED_VERSIONS = (15, 16)

# MariaDB: 1213 deadlock, 1205 lock wait timeout, 1020 row changed since the snapshot.
STALE_SNAPSHOT = 1020
RETRYABLE_CODES = frozenset({1213, 1205, STALE_SNAPSHOT})


def is_retryable(error: BaseException) -> bool:
	"""Whether the transaction was rolled back by the database and may be run again."""
	if isinstance(error, frappe.QueryDeadlockError | frappe.QueryTimeoutError):
		return True
	cause = error.__cause__ or error
	code = cause.args[0] if getattr(cause, "args", None) else None
	return isinstance(code, int) and code in RETRYABLE_CODES


def answer_conflicts_with_409() -> None:
	"""A deadlock at a door that cannot retry (form, REST) is the caller's to repeat, not a fault.

	Both classes derive from Exception without a status in all versions checked; Frappe reads
	`http_status_code` from the class.
	"""
	frappe.QueryDeadlockError.http_status_code = 409
	frappe.QueryTimeoutError.http_status_code = 409
	_take_stale_snapshots_for_deadlocks()


def _take_stale_snapshots_for_deadlocks() -> None:
	"""From 11.6.2 on MariaDB answers 1020 where a row changed since the transaction's snapshot, and says
	to treat it like a deadlock. Frappe asks `is_deadlocked` of its database class, which knows 1213 only
	in all versions checked: a form saved in such a moment would answer 500.
	"""
	database = type(frappe.local.db)
	known = database.is_deadlocked
	if getattr(known, "knows_stale_snapshots", False):
		return

	def is_deadlocked(error: Exception) -> bool:
		return error.args[0] == STALE_SNAPSHOT or known(error)

	is_deadlocked.knows_stale_snapshots = True
	database.is_deadlocked = staticmethod(is_deadlocked)


def major_version() -> int:
	"""Frappe's major version, e.g. 15."""
	return int(frappe.__version__.split(".")[0])


def job_queues() -> list[Queue]:
	"""RQ's queues of this bench, named `<bench>:<queue>` in all versions checked."""
	return background_jobs.get_queues()


def job_workers() -> list[Worker]:
	"""RQ's workers that serve a queue of this bench; other benches may share the Redis."""
	ours = {background_jobs.generate_qname(queue) for queue in background_jobs.get_queue_list()}
	return [worker for worker in background_jobs.get_workers() if ours & set(worker.queue_names())]


def site_job_prefix() -> str:
	"""What the ids of this site's jobs begin with: `site::` in 15, `site||` in 16."""
	return background_jobs.create_job_id("x")[:-1]


def as_site_time(moment: datetime.datetime) -> datetime.datetime:
	"""A moment as RQ keeps it (UTC, naive before RQ 2, aware since) as a naive one in the site's time."""
	if moment.tzinfo:
		moment = moment.astimezone(datetime.timezone.utc).replace(tzinfo=None)
	return convert_utc_to_system_timezone(moment).replace(tzinfo=None)


def job_error(job: Job) -> str | None:
	"""The traceback of a failed RQ job; newer versions keep it with the result, older ones with the job."""
	result = job.latest_result()
	return result.exc_string if result else getattr(job, "exc_info", None)
