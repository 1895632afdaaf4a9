import frappe
from frappe import _
from frappe.utils import now_datetime

from clinic_core.foundation import live
from clinic_core.foundation.document import ClinicDocument
from clinic_core.foundation.state import guard_status
from clinic_core.scheduling.waiting import states


class ClinicWaitingOffer(ClinicDocument):
	"""A time held for somebody on the waiting list until he answers; written by `waiting/offers.py` (F09)."""

	def validate(self) -> None:
		old, new = guard_status(self, states.OFFER)
		# The unique key: a wish has one open offer.
		self.open_entry = self.entry if new == states.OPEN else None
		if old is None:
			self.patient_name = frappe.db.get_value("Clinic Patient", self.patient, "full_name")
		if old == states.OPEN != new:
			self.answered_at = now_datetime()

	def on_update(self) -> None:
		live.changed(self.doctype, self.name)

	def on_trash(self) -> None:
		frappe.throw(_("An offer is never deleted."))


def on_doctype_update() -> None:
	"""Open offers by when they end; what was offered to a wish before."""
	frappe.db.add_index("Clinic Waiting Offer", ["status", "expires_at"], "clinic_offer_due")
