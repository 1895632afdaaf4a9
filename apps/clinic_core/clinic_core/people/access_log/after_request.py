"""Writes who saw what, after the answer was made and in a transaction of its own (hook `after_request`)."""

from typing import Any

import frappe

from clinic_core.foundation.boundary import command
from clinic_core.people.access_log import doors, seen

REFUSED = 400


def write(response: Any = None, request: Any = None) -> None:
	"""Log what this request showed of patients (`design.md` §4.13, F82).

	A request that was refused showed nothing. Whatever fails here never reaches the user: the answer is
	made already. It is reported in the Error Log.
	"""
	if request is None or response is None or response.status_code >= REFUSED:
		return
	if frappe.session.user == "Guest" or not frappe.db:
		return
	try:
		doors.note(request.path, request.method, frappe.local.form_dict, frappe.local.response or {})
		if found := seen.take():
			command("clinic_core.people.access_log", None, lambda: seen.write(found))
	except Exception:
		_report()


def _report() -> None:
	error = frappe.get_traceback()
	try:
		command(
			"clinic_core.people.access_log_failed",
			None,
			lambda: frappe.log_error(title="Clinic: the log of views was not written", message=error),
		)
	except Exception:
		frappe.logger("clinic").error(error)
