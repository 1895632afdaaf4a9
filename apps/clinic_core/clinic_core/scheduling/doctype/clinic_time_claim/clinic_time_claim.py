import frappe
from frappe import _

from clinic_core.foundation.document import ClinicDocument
from clinic_core.foundation.errors import ForbiddenMoveError


class ClinicTimeClaim(ClinicDocument):
	"""Nobody's working document: appointments take and give back their own claims."""

	def validate(self) -> None:
		frappe.throw(
			_("Times are claimed by booking an appointment, never by hand. Book, move or cancel it."),
			ForbiddenMoveError,
		)

	def on_trash(self) -> None:
		self.validate()


def on_doctype_update() -> None:
	"""The last word on double booking: one holder per key, cell and seat."""
	frappe.db.add_unique("Clinic Time Claim", ["resource_key", "cell", "seat"], "unique_claim")
	frappe.db.add_index("Clinic Time Claim", ["cell"], "claim_cell")
	# What a search reads of a diary, without a look at each row.
	frappe.db.add_index(
		"Clinic Time Claim", ["resource_key", "cell", "appointment", "hold_until", "group_key"], "claim_span"
	)
