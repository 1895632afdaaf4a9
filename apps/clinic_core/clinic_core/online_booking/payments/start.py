"""Where the payer goes: the gateway, or back to his appointment when the gateway does not answer."""

import frappe

from clinic_core.online_booking.payments import paying
from clinic_core.online_booking.payments.states import STARTED


def address(payment: str, code: str) -> str:
	"""The address for a recorded payment. Asked twice (a lost answer), a begun payment is gone on with."""
	row = frappe.db.get_value(paying.DOCTYPE, payment, ["status", "authority"], as_dict=True)
	if row.status != STARTED:
		return f"/booking/{code}"
	if row.authority:
		return paying.address_of(payment)
	return paying.begin(payment, code) or f"/booking/{code}"
