"""The one place that knows how Frappe versions differ on the server.

Checked for 15.0.0-dev (2023-08), 15.56 and 16.0.0-dev (2025-05).
"""

import frappe

# MariaDB: 1213 deadlock, 1205 lock wait timeout, 1020 row changed since the snapshot.
RETRYABLE_CODES = frozenset({1213, 1205, 1020})


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


def major_version() -> int:
	"""Frappe's major version, e.g. 15."""
	return int(frappe.__version__.split(".")[0])
