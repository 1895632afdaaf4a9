"""Trying failed background jobs again (E123)."""

from typing import Any

import frappe
from frappe import _

from clinic_core.foundation import compat
from clinic_core.foundation.errors import refuse_input
from clinic_core.operations.queues import JOB, method_of

OURS = "clinic_"


def may_retry(method: str) -> bool:
	"""Our jobs may run twice without harm, so managers may retry them; of others only System Managers know."""
	return method.startswith(OURS) or "System Manager" in frappe.get_roles()


def retry(kind: str, job: str) -> bool:
	"""Queue the job again. Raises frappe.DoesNotExistError, frappe.PermissionError, InvalidInputError."""
	if kind == "queue":
		return _retry_queued(job)
	if kind == "schedule":
		return _retry_scheduled(job)
	refuse_input(_("Kind"), _("It must be one of {0}.").format("queue, schedule"))


def _retry_queued(job_id: str) -> bool:
	job = _failed(job_id)
	_require(method_of(job))
	job.requeue()
	return True


def _failed(job_id: str) -> Any:
	"""The failed job of this site with that id."""
	if job_id.startswith(compat.site_job_prefix()):
		for queue in compat.job_queues():
			if job_id in queue.failed_job_registry and (job := queue.fetch_job(job_id)):
				return job
	frappe.throw(_("This job is gone: it was removed or has run meanwhile."), frappe.DoesNotExistError)


def _retry_scheduled(name: str) -> bool:
	doc = frappe.get_doc(JOB, name)
	_require(doc.method)
	return bool(doc.enqueue(force=True))


def _require(method: str) -> None:
	if not may_retry(method):
		frappe.throw(_("Only a System Manager may run this job again."), frappe.PermissionError)
