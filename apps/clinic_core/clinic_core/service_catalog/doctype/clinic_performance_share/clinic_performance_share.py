import frappe

from clinic_core.foundation.document import ClinicDocument
from clinic_core.service_catalog.performance_shares import shares


class ClinicPerformanceShare(ClinicDocument):
	"""What somebody earns of the services he takes part in (F33), by a percent or an amount per unit.

	Which of several applies, and which cannot stand together: `share_rules.py`.
	"""

	def validate(self) -> None:
		shares.complete(self)
		shares.check(self)
		shares.entitle(self)


def on_doctype_update() -> None:
	"""The shares in force, read whole; those of one person."""
	frappe.db.add_index("Clinic Performance Share", ["is_active", "valid_from"], "active_from")
	frappe.db.add_index("Clinic Performance Share", ["practitioner", "role"], "practitioner_role")
