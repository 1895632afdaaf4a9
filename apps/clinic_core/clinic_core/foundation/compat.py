"""The one place that knows how Frappe versions differ on the server.

Checked for 15.0.0-dev (2023-08), 15.56 and 16.0.0-dev (2025-05).
"""

import frappe

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
