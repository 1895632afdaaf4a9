"""Whether freed times are offered without anybody's doing (F09), and the worker that does it."""

import frappe

from clinic_core.foundation import settings

JOB = "clinic_core.scheduling.waiting.jobs.run"


def is_on() -> bool:
	"""The clinic's wish (Clinic Settings)."""
	return bool(settings.get("offer_freed_times"))


def wake() -> None:
	"""After the commit, let a worker offer what became free; once, however much it is."""
	if is_on():
		frappe.enqueue(
			JOB,
			queue="short",
			job_id="clinic_waiting_offers",
			deduplicate=True,
			enqueue_after_commit=True,
		)
