import frappe
from clinic_core.foundation.append_only import AppendOnly
from clinic_core.foundation.errors import AppendOnlyError
from frappe import _


class ClinicLedgerSeal(AppendOnly):
	"""Written by `cash_desk/sealer.py` only; refused at every other door."""

	def before_insert(self) -> None:
		frappe.throw(_("Seals are made by the sealing job only."), AppendOnlyError)


def on_doctype_update() -> None:
	"""One number per entry and entity: the unique keys are the last word."""
	frappe.db.add_unique("Clinic Ledger Seal", ["legal_entity", "sequence"], "entity_sequence")
