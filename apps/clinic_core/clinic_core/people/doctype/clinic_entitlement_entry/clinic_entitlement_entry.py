import frappe
from frappe import _

from clinic_core.foundation.append_only import AppendOnly
from clinic_core.foundation.errors import ForbiddenMoveError


class ClinicEntitlementEntry(AppendOnly):
	"""One signed movement of an entitlement; written once by `people/entitlements.py`."""

	def validate(self) -> None:
		if not self.flags.by_entitlements:
			frappe.throw(
				_("Entries of an entitlement are posted by sales and sessions, never by hand."),
				ForbiddenMoveError,
			)


def on_doctype_update() -> None:
	"""Reversal finds what was posted for a document."""
	frappe.db.add_index("Clinic Entitlement Entry", ["reference_doctype", "reference_name"], "reference")
