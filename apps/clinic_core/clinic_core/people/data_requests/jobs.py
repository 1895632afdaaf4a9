"""Jobs of data requests: the file, the erasure, reminders, retention. Each may run twice."""

from typing import Any

import frappe
from frappe.utils import getdate

from clinic_core.foundation import boundary
from clinic_core.people.data_requests import erasure, exporting, reminders, retention, states
from clinic_core.people.data_requests.requests import DOCTYPE


def make_export(request: str, language: str) -> None:
	"""Make the file a person asked for; progress goes to the form."""

	def progress(done: int, total: int) -> None:
		frappe.publish_progress(done * 100 / max(total, 1), doctype=DOCTYPE, docname=request)

	try:
		boundary.command("people.make_export", None, lambda: str(exporting.make(request, language, progress)))
	except Exception:
		_failed(request, "export_status", "Clinic data export failed")
		raise


def erase(request: str) -> None:
	"""Erase the person of an approved request; one that was cut off goes on."""
	doc = frappe.get_doc(DOCTYPE, request)
	if doc.erasure_status not in ("Approved", "Failed") or not doc.erasure_approved_by:
		return
	try:
		erasure.run((doc.person_doctype, doc.person_name))
		boundary.command("people.erase_person", None, lambda: _done(request))
	except Exception:
		_failed(request, "erasure_status", "Clinic erasure failed")
		raise


def run_night() -> None:
	"""Every night: unfinished erasures, old files, reminders of the 30 days, old logs."""
	for request in frappe.get_all(
		DOCTYPE, {"erasure_status": ("in", ("Approved", "Failed"))}, pluck="name", order_by="name asc"
	):
		erase(request)
	boundary.command("people.expire_exports", None, exporting.expire)
	boundary.command("people.remind_requests", None, reminders.remind)
	retention.run_night()


def _done(request: str) -> None:
	exporting.forget(request)
	values: dict[str, Any] = {
		"erasure_status": "Done",
		"erased_at": frappe.utils.now_datetime(),
		"status": states.DONE,
		"closed_on": getdate(),
	}
	frappe.db.set_value(DOCTYPE, request, values)


def _failed(request: str, field: str, title: str) -> None:
	trace = frappe.get_traceback()

	def note() -> None:
		frappe.log_error(title, trace)
		frappe.db.set_value(DOCTYPE, request, field, "Failed")

	boundary.command("people.note_failure", None, note)
