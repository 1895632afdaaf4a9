"""The outermost boundary of a command: one transaction, one answer, retries in one place.

`design.md` §4.1 and §4.8. A deadlock (1213) or a stale snapshot (1020) rolls the whole
transaction back, savepoints included, so only here can the work be started again. Whatever
happens inside must therefore be free of effects outside the database: messages, jobs and live
events are queued for after the commit.
"""

import random
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, TypeVar

import frappe
from frappe import _

from clinic_core.foundation import compat, idempotency
from clinic_core.foundation.errors import ConflictError

T = TypeVar("T")

ATTEMPTS = 6
FIRST_PAUSE_SECONDS = 0.02


def command(
	method: str,
	key: str | None,
	work: Callable[[], T],
	*,
	content: Mapping[str, Any] | None = None,
	keep_days: int = idempotency.KEEP_DAYS,
) -> T:
	"""Run `work` as one transaction and commit it.

	With a `key` the answer is kept for `keep_days`: the same user, method, key and `content` get
	the same answer without the work being done twice. Deadlocks and stale snapshots are retried
	here and nowhere else. A command inside a command joins the outer one.

	Raises ConflictError if the key was used for other content, or if the database is still
	contended after the last attempt.
	"""
	if frappe.flags.in_clinic_command:
		return work()
	for attempt in range(ATTEMPTS):
		try:
			with _transaction():
				return _once(method, key, work, content or {}, keep_days)
		except Exception as error:
			if not compat.is_retryable(error):
				raise
			_forget_messages()
			time.sleep(FIRST_PAUSE_SECONDS * 2**attempt * random.uniform(0.5, 1.5))
	frappe.throw(_("Others are changing the same records. Please try again."), ConflictError)


def _once(method: str, key: str | None, work: Callable[[], T], content: Mapping[str, Any], days: int) -> T:
	if not key:
		return work()
	ticket = idempotency.take(method, key, content, keep_days=days)
	if ticket.answered:
		return ticket.answer
	answer = work()
	ticket.store(answer)
	return answer


@contextmanager
def _transaction() -> Iterator[None]:
	begin()
	frappe.flags.in_clinic_command = True
	try:
		yield
		finish()
	except BaseException:
		undo()
		raise
	finally:
		frappe.flags.in_clinic_command = False


# Three names of their own, so that the test harness can keep a whole test in one transaction.
def begin() -> None:
	"""Start from a fresh snapshot."""
	frappe.db.rollback()


def finish() -> None:
	"""Make the work last; what waits for the commit goes out now."""
	frappe.db.commit()


def undo() -> None:
	"""Leave nothing half-written."""
	frappe.db.rollback()


def _forget_messages() -> None:
	"""Drop what the failed attempt wanted to say: the next one says it again."""
	frappe.clear_messages()
