"""Endpoints of /booking/<code>, open to who knows the code: free times, move, cancel (F16)."""

from typing import Any

import frappe
from frappe import _
from frappe.utils import get_datetime

from clinic_core.foundation import boundary, wire
from clinic_core.online_booking import limits, times
from clinic_core.online_booking.tracking import changing

_API = "clinic_core.online_booking.tracking.api"


@frappe.whitelist(allow_guest=True, methods=["GET"])
def free_times(code: str, from_date: str | None = None) -> dict[str, Any]:
	"""Four weeks of days it could be moved to → {days, earlier, later}. 404 for a code that is nobody's."""
	limits.read()
	return changing.free_times(code, wire.parse_date(from_date, _("Day")))


@frappe.whitelist(allow_guest=True, methods=["POST"])
def move(
	code: str, start: str, practitioner: str | None = None, idempotency_key: str | None = None
) -> dict[str, Any]:
	"""Move the appointment → {state, label, time}. 409 when the time is gone or it is too late."""
	limits.write()
	content = {"code": code, "start": start, "practitioner": practitioner}

	def work() -> dict[str, Any]:
		moved = get_datetime(changing.move(code, start, practitioner).start)
		return {
			"state": "moved",
			"label": times.spoken(moved.date())["label"],
			"time": times.clock(moved),
		}

	return boundary.command(f"{_API}.move", idempotency_key, work, content=content)


@frappe.whitelist(allow_guest=True, methods=["POST"])
def cancel(code: str, why: str | None = None, idempotency_key: str | None = None) -> dict[str, Any]:
	"""Cancel the appointment → {state}. 409 when it is too late."""
	limits.write()

	def work() -> dict[str, Any]:
		changing.cancel(code, why)
		return {"state": "cancelled"}

	return boundary.command(f"{_API}.cancel", idempotency_key, work, content={"code": code, "why": why})
