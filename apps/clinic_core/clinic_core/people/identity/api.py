"""Endpoint for identity numbers: the whole number for who may see it."""

from dataclasses import asdict

import frappe
from frappe import _

from clinic_core.foundation import wire
from clinic_core.people.access_log import seen
from clinic_core.people.access_log.rules import IDENTITY as IDENTITY_SEEN
from clinic_core.people.identity import numbers
from clinic_core.people.identity.kinds import Identity
from clinic_core.people.masking import matrix, rules


@frappe.whitelist(methods=["GET"])
def identity_number(patient: str) -> dict[str, str]:
	"""The identity of a patient, not hidden (E137, E150) → {kind, number, country, no_code_reason}."""
	if not rules.sees(matrix.IDENTITY):
		frappe.throw(
			_("You are not allowed to do this with {0}.").format(_(numbers.DOCTYPE)),
			frappe.PermissionError,
			title=_("Not allowed"),
		)
	wire.require_permission(numbers.PATIENT, "read", patient)
	seen.saw([patient], IDENTITY_SEEN, "Identity number")
	identity = numbers.of([patient]).get(patient) or Identity("")
	return asdict(identity)
