"""Endpoints of queues: call the next number, or one of them once more (G03)."""

from typing import Any

import frappe
from frappe import _

from clinic_core.foundation import branch_scope, wire
from clinic_core.foundation.boundary import command
from clinic_core.scheduling import states
from clinic_core.scheduling.queue import calling

APPOINTMENT = "Clinic Appointment"


@frappe.whitelist(methods=["POST"])
def call_next(
	practitioner: str,
	date: str | None = None,
	branch: str | None = None,
	idempotency_key: str | None = None,
) -> dict[str, Any]:
	"""Call the next number of a practitioner → {appointment, queue_no, called_at}."""
	_require_caller()
	branch_scope.require(branch)
	wanted = {
		"practitioner": practitioner,
		"day": wire.parse_date(date, _("Date")),
		"branch": branch or None,
	}

	def work() -> dict[str, Any]:
		called = calling.call_next(**wanted)
		wire.require_permission(APPOINTMENT, "read", called["appointment"])
		return called

	return command("scheduling.queue.call_next", idempotency_key, work, content=wanted)


@frappe.whitelist(methods=["POST"])
def call(appointment: str, idempotency_key: str | None = None) -> dict[str, Any]:
	"""Call a number, also once more → {appointment, queue_no, called_at}."""
	_require_caller()
	wire.require_permission(APPOINTMENT, "read", appointment)
	content = {"appointment": appointment}
	return command(
		"scheduling.queue.call", idempotency_key, lambda: calling.call(appointment), content=content
	)


def _require_caller() -> None:
	wire.require_permission(APPOINTMENT, "read")
	if frappe.session.user != "Administrator" and not states.CALLERS & set(frappe.get_roles()):
		frappe.throw(_("Your role does not allow this."), frappe.PermissionError)
