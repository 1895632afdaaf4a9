"""How the apps meet: hooks that other apps answer, guarded so that none of them blocks the till.

`design.md` §1: a handler runs in a savepoint; if it fails, a Clinic Event Failure row is kept,
retried by a job and shown to the manager. Database deadlocks are not swallowed: they roll the
whole transaction back and go up to the boundary.
"""

import json
from typing import Any

import frappe
from frappe.model.document import Document
from frappe.utils import add_to_date, now_datetime

from clinic_core.foundation import compat

DOCTYPE = "Clinic Event Failure"
MAX_ATTEMPTS = 8
FIRST_PAUSE_MINUTES = 2


def emit(hook: str, **payload: Any) -> None:
	"""Tell every handler registered for `hook`. The payload must survive JSON (retries read it)."""
	for handler in frappe.get_hooks(hook):
		_run_guarded(hook, handler, payload)


def gather(hook: str, **payload: Any) -> list[Any]:
	"""Ask every handler registered for `hook`; answers that are None or failed are left out."""
	answers = [_run_guarded(hook, handler, payload) for handler in frappe.get_hooks(hook)]
	return [answer for answer in answers if answer is not None]


def _run_guarded(hook: str, handler: str, payload: dict[str, Any]) -> Any:
	savepoint = "ev_" + frappe.generate_hash(length=10)
	messages = compat.mark_messages()
	frappe.db.savepoint(savepoint)
	try:
		return frappe.get_attr(handler)(**payload)
	except Exception as error:
		if compat.is_retryable(error):
			raise
		frappe.db.rollback(save_point=savepoint)
		compat.forget_messages(messages)
		_keep_failure(hook, handler, payload)
		return None


def _keep_failure(hook: str, handler: str, payload: dict[str, Any]) -> None:
	frappe.get_doc(
		{
			"doctype": DOCTYPE,
			"hook": hook,
			"handler": handler,
			"payload": frappe.as_json(payload),
			"error": frappe.get_traceback(),
			"status": "Open",
			"next_try_at": add_to_date(now_datetime(), minutes=FIRST_PAUSE_MINUTES),
		}
	).insert(ignore_permissions=True)


def due_failures() -> list[str]:
	"""Names of the failures whose next try is due, oldest first, a hundred at most."""
	return frappe.get_all(
		DOCTYPE,
		filters={"status": "Open", "next_try_at": ("<=", now_datetime())},
		pluck="name",
		order_by="creation asc",
		limit=100,
	)


def retry(name: str) -> bool:
	"""Run one failed handler again, also one that was given up, and record the outcome.

	Returns whether it worked, now or before.
	"""
	failure = frappe.get_doc(DOCTYPE, name, for_update=True)
	if failure.status == "Resolved":
		return True
	savepoint = "retry_" + frappe.generate_hash(length=10)
	frappe.db.savepoint(savepoint)
	try:
		frappe.get_attr(failure.handler)(**json.loads(failure.payload))
	except Exception as error:
		if compat.is_retryable(error):
			raise
		frappe.db.rollback(save_point=savepoint)
		_record_another_failure(failure)
		return False
	failure.db_set({"status": "Resolved", "resolved_at": now_datetime(), "attempts": failure.attempts + 1})
	return True


def _record_another_failure(failure: Document) -> None:
	attempts = failure.attempts + 1
	failure.db_set(
		{
			"attempts": attempts,
			"error": frappe.get_traceback(),
			"status": "Given Up" if attempts >= MAX_ATTEMPTS else "Open",
			"next_try_at": add_to_date(now_datetime(), minutes=FIRST_PAUSE_MINUTES * 2**attempts),
		}
	)
