"""Endpoints of the manager's health page: what there is to see, and what may be done about it (E123)."""

from typing import Any

import frappe
from frappe import _

from clinic_core.foundation import boundary, jobs
from clinic_core.foundation.errors import refuse_input
from clinic_core.operations import health, queues, records, retries, watch
from clinic_core.operations.access import require_manager

STARTERS = {"night": jobs.start_night}


@frappe.whitelist(methods=["GET"])
def overview() -> dict[str, Any]:
	"""All the page shows → {report, workers, failed_jobs, failures, nights, backups}.

	Managers only. A list that cannot be read is empty: the report names the part that does not answer.
	"""
	require_manager()
	return {
		"report": health.report(),
		"workers": health.read_or(queues.workers, []),
		"failed_jobs": [
			{**row, "may_retry": retries.may_retry(row["method"])}
			for row in health.read_or(queues.failed_jobs, [])
		],
		"failures": health.read_or(records.failure_rows, []),
		"nights": health.read_or(records.night_runs, []),
		"backups": health.read_or(records.backup_rows, []),
	}


@frappe.whitelist(methods=["POST"])
def retry_job(kind: str, job: str, idempotency_key: str | None = None) -> dict[str, Any]:
	"""Queue a failed job again: `kind` "queue" (a job's id) or "schedule" (a Scheduled Job Type) → {queued}.

	Managers may for the clinic's own jobs, System Managers for every job of this site. 404 if it is gone.
	"""
	require_manager()
	return boundary.command(
		"clinic_core.operations.retry_job",
		idempotency_key,
		lambda: {"queued": retries.retry(kind, job)},
		content={"kind": kind, "job": job},
	)


@frappe.whitelist(methods=["POST"])
def run_now(job: str, idempotency_key: str | None = None) -> dict[str, Any]:
	"""Start a job of the night now, in the background: `job` "night" → {queued}.

	`queued` is false while it waits or runs already. Raises InvalidInputError for another name.
	"""
	require_manager()
	if job not in STARTERS:
		refuse_input(_("Job"), _("It must be one of {0}.").format(", ".join(STARTERS)))
	return boundary.command(
		"clinic_core.operations.run_now",
		idempotency_key,
		lambda: {"queued": STARTERS[job]()},
		content={"job": job},
	)


@frappe.whitelist(methods=["POST"])
def watch_health(idempotency_key: str | None = None) -> dict[str, Any]:
	"""The manager's desk looks after the system when the scheduler does not → {looked}."""
	require_manager()
	return {"looked": watch.look_if_nobody_does()}
