"""Scheduler entry points of the shared kernel; each may run twice without harm."""

from clinic_core.foundation import events, idempotency


def retry_event_failures() -> None:
	"""Every few minutes: try failed handlers of other apps again."""
	events.retry_failures()


def purge_idempotency_keys() -> None:
	"""Every night: forget the keys whose time is over."""
	idempotency.purge_expired()
