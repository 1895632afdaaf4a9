"""How the parts of the system are: database, Redis, queues, scheduler, versions (E123)."""

import time
from collections.abc import Callable
from typing import Any

import frappe
from frappe.utils.background_jobs import get_queues, get_workers
from frappe.utils.scheduler import is_scheduler_disabled
from pypika import CustomFunction
from pypika.terms import ValueWrapper

WAITING_TOO_MANY = 1000


def is_well() -> bool:
	"""Whether pages can be served: the database and the cache answer."""
	return _database()["ok"] and _redis()["ok"]


def report() -> dict[str, Any]:
	"""Every part with its own `ok`, and one `ok` for all of them."""
	parts = {
		"database": _database(),
		"redis": _redis(),
		"queues": _guarded(_read_queues),
		"scheduler": _guarded(_read_scheduler),
	}
	return {"ok": all(part["ok"] for part in parts.values()), **parts, "versions": _versions()}


def _guarded(read: Callable[[], dict[str, Any]]) -> dict[str, Any]:
	"""A part that does not answer is a finding, not a failure of the report."""
	try:
		return read()
	except Exception as error:
		return {"ok": False, "error": type(error).__name__}


def _database() -> dict[str, Any]:
	return _guarded(_read_database)


def _read_database() -> dict[str, Any]:
	started = time.monotonic()
	version = frappe.qb.select(ValueWrapper(1), CustomFunction("version", [])()).run()[0][1]
	return {"ok": True, "version": version, "milliseconds": round((time.monotonic() - started) * 1000, 1)}


def _redis() -> dict[str, Any]:
	return _guarded(lambda: {"ok": bool(frappe.cache.ping())})


def _read_queues() -> dict[str, Any]:
	queues = {queue.name.rsplit(":", 1)[-1]: queue.count for queue in get_queues()}
	workers = len(get_workers())
	return {
		"ok": workers > 0 and max(queues.values(), default=0) < WAITING_TOO_MANY,
		"workers": workers,
		"waiting": queues,
		"failures": frappe.db.count("Clinic Event Failure", {"status": "Open"}),
	}


def _read_scheduler() -> dict[str, Any]:
	enabled = not is_scheduler_disabled(verbose=False)
	last = frappe.db.get_value(
		"Scheduled Job Type",
		{"last_execution": ("is", "set")},
		"last_execution",
		order_by="last_execution desc",
	)
	return {"ok": enabled, "enabled": enabled, "last_run": str(last) if last else None}


def _versions() -> dict[str, str]:
	return {app: frappe.get_attr(f"{app}.__version__") for app in frappe.get_installed_apps()}
