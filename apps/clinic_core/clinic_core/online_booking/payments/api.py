"""Endpoint of paying: another try for an appointment that is still held."""

from typing import Any

import frappe

from clinic_core.foundation import boundary, idempotency
from clinic_core.online_booking import limits
from clinic_core.online_booking.payments import paying, start
from clinic_core.online_booking.tracking import reading

_API = "clinic_core.online_booking.payments.api"


@frappe.whitelist(allow_guest=True, methods=["POST"])
def pay(code: str, idempotency_key: str | None = None) -> dict[str, Any]:
	"""Try to pay once more → {address} of the gateway's page. 404 for a code that is nobody's, 409 when
	nothing is to be paid now."""
	limits.write()
	row = reading.find(code)
	payment = boundary.command(
		f"{_API}.pay",
		idempotency_key,
		lambda: paying.pay_again(row.name),
		content={"code": code},
		keep_days=idempotency.KEEP_DAYS_MONEY,
	)
	return {"address": start.address(payment, code)}
