"""What of the till and the front desk stands against erasing a person (hook `clinic_erasure_refusals`)."""

from typing import Any

import frappe
from clinic_core.foundation.money import to_decimal
from frappe import _

from clinic_reception.cash_desk import balances
from clinic_reception.front_desk.states import CANCELLED, CLOSED


def clinic_erasure_refusals(patients: list[str]) -> list[dict[str, Any]]:
	"""Handler of the hook of this name: debt, money of the patient, visits that are not closed."""
	known = balances.of_patients(patients).values()
	sums = {
		"debt": sum((balance.owes for balance in known), to_decimal(0)),
		"deposit": sum((balance.deposits for balance in known), to_decimal(0)),
		"credit": sum((balance.credit for balance in known), to_decimal(0)),
	}
	texts = {
		"debt": _("There is a debt. Settle it first."),
		"deposit": _("There is an open deposit. Apply or refund it first."),
		"credit": _("There is credit. Refund it first."),
	}
	found = [{"code": code, "params": {}, "text": texts[code]} for code, amount in sums.items() if amount]
	visits = frappe.db.count(
		"Clinic Visit", {"patient": ("in", patients or [""]), "status": ("not in", (CLOSED, CANCELLED))}
	)
	if visits:
		text = _("There are open visits: {0}. Close them first.").format(visits)
		found.append({"code": "open_visits", "params": {"count": visits}, "text": text})
	return found
