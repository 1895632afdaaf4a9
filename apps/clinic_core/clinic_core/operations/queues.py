"""Facts of the work in the background: queues, workers, failed jobs, scheduler (E123)."""

import datetime
from typing import Any

import frappe
from frappe.query_builder.functions import Count
from frappe.utils import add_to_date, cint, now_datetime, time_diff_in_seconds

from clinic_core.foundation import compat

# RQ's workers wake at least every seven minutes to say that they live.
ALIVE_SECONDS = 8 * 60
JOB = "Scheduled Job Type"
LOG = "Scheduled Job Log"
FAILED_HOURS = 24
LIST = 20


def read() -> dict[str, Any]:
	"""{workers, waiting: {queue: count}, oldest_seconds: {queue: age}, running, failed}. One query."""
	by_name = sorted(compat.job_queues(), key=lambda queue: queue.name)
	queues = {queue.name.rsplit(":", 1)[-1]: queue for queue in by_name}
	workers = [worker for worker in compat.job_workers() if _is_alive(worker)]
	return {
		"workers": len(workers),
		"busy": sum(worker.get_state() == "busy" for worker in workers),
		"waiting": {name: queue.count for name, queue in queues.items()},
		"oldest_seconds": {name: _oldest_seconds(queue) for name, queue in queues.items()},
		"failed": sum(len(_failed_ids(queue)) for queue in queues.values()) + _failed_scheduled_count(),
	}


def scheduler() -> dict[str, Any]:
	"""{enabled, off_because, last_run, last_run_seconds}. Two queries."""
	last = frappe.get_all(
		JOB,
		{"last_execution": ("is", "set")},
		pluck="last_execution",
		order_by="last_execution desc",
		limit=1,
	)
	because = _off_because()
	return {
		"enabled": not because,
		"off_because": because,
		"last_run": str(last[0]) if last else None,
		"last_run_seconds": seconds_since(last[0]) if last else None,
	}


def workers() -> list[dict[str, Any]]:
	"""Rows {name, queues, state, since, done, failed} of the workers that live."""
	return [
		{
			"name": f"{worker.hostname or ''} · {worker.pid or ''}".strip(" ·"),
			"queues": [name.rsplit(":", 1)[-1] for name in worker.queue_names()],
			"state": worker.get_state(),
			"since": str(compat.as_site_time(worker.birth_date)) if worker.birth_date else None,
			"done": worker.successful_job_count,
			"failed": worker.failed_job_count,
		}
		for worker in sorted(compat.job_workers(), key=lambda worker: worker.pid or 0)
		if _is_alive(worker)
	]


def failed_jobs() -> list[dict[str, Any]]:
	"""The newest failures {kind, id, method, when, error}, queued and scheduled ones, at most 20."""
	rows = [*_failed_queued(), *_failed_scheduled()]
	return sorted(rows, key=lambda row: row["when"] or "", reverse=True)[:LIST]


def seconds_since(moment: datetime.datetime | str | None) -> int | None:
	"""Whole seconds from a moment in site time until now, never negative."""
	return max(int(time_diff_in_seconds(now_datetime(), moment)), 0) if moment else None


def last_line(trace: str | None) -> str:
	"""What went wrong, without the way there."""
	lines = [line.strip() for line in (trace or "").strip().splitlines() if line.strip()]
	return lines[-1][:300] if lines else ""


def _is_alive(worker: Any) -> bool:
	beat = worker.last_heartbeat
	return bool(beat) and (seconds_since(compat.as_site_time(beat)) or 0) < ALIVE_SECONDS


def _oldest_seconds(queue: Any) -> int | None:
	"""How long the next job of the queue has been waiting; RQ takes them in their order."""
	ids = queue.get_job_ids(0, 1)
	job = queue.fetch_job(ids[0]) if ids else None
	return seconds_since(compat.as_site_time(job.enqueued_at)) if job and job.enqueued_at else None


def _failed_ids(queue: Any) -> list[str]:
	prefix = compat.site_job_prefix()
	return [job for job in queue.failed_job_registry.get_job_ids() if job.startswith(prefix)]


def _failed_queued() -> list[dict[str, Any]]:
	rows = []
	for queue in compat.job_queues():
		for job in (queue.fetch_job(name) for name in _failed_ids(queue)[-LIST:]):
			if not job:
				continue
			rows.append(
				{
					"kind": "queue",
					"id": job.id,
					"method": method_of(job),
					"when": str(compat.as_site_time(job.ended_at))[:19] if job.ended_at else None,
					"error": last_line(compat.job_error(job)),
				}
			)
	return rows


def method_of(job: Any) -> str:
	"""Which function an RQ job of Frappe calls, the scheduler's wrapper looked through."""
	kwargs = job.kwargs or {}
	return str((kwargs.get("kwargs") or {}).get("job_type") or kwargs.get("method") or kwargs.get("job_name"))


def _failed_scheduled() -> list[dict[str, Any]]:
	log, job = frappe.qb.DocType(LOG), frappe.qb.DocType(JOB)
	rows = (
		frappe.qb.from_(log)
		.join(job)
		.on(job.name == log.scheduled_job_type)
		.select(job.name, job.method, log.creation, log.details)
		.where(_failed_lately(log))
		.orderby(log.creation, order=frappe.qb.desc)
		.limit(LIST)
		.run(as_dict=True)
	)
	return [
		{
			"kind": "schedule",
			"id": row.name,
			"method": row.method,
			"when": str(row.creation)[:19],
			"error": last_line(row.details),
		}
		for row in rows
	]


def _failed_scheduled_count() -> int:
	log = frappe.qb.DocType(LOG)
	return frappe.qb.from_(log).select(Count("*")).where(_failed_lately(log)).run()[0][0]


def _failed_lately(log: Any) -> Any:
	since = add_to_date(now_datetime(), hours=-FAILED_HOURS)
	# Frappe 15 indexes `modified`, Frappe 16 `creation`: either finds them.
	return (log.status == "Failed") & (log.creation >= since) & (log.modified >= since)


def _off_because() -> str | None:
	"""What keeps the scheduler from starting jobs, None when nothing does."""
	for key in ("maintenance_mode", "pause_scheduler", "disable_scheduler"):
		if cint(frappe.conf.get(key)):
			return key
	return (
		None
		if cint(frappe.db.get_single_value("System Settings", "enable_scheduler"))
		else "enable_scheduler"
	)
