import frappe
from clinic_core.foundation.append_only import AppendOnly
from clinic_core.foundation.errors import AppendOnlyError
from frappe import _


class ClinicLedgerEntry(AppendOnly):
	"""Written by `cash_desk/posting.py` only, in whole vouchers; refused at every other door."""

	def before_insert(self) -> None:
		frappe.throw(
			_("The ledger is written by receptions and payments only. Record one of these instead."),
			AppendOnlyError,
		)

	def before_rename(self, *_args: object) -> None:
		frappe.throw(
			_("{0} is never changed. Record a correction instead.").format(_(self.doctype)), AppendOnlyError
		)


def on_doctype_update() -> None:
	"""The indexes that balances, vouchers and the sealer read by."""
	doctype = "Clinic Ledger Entry"
	frappe.db.add_index(doctype, ["patient", "account", "amount"], "patient_account")
	frappe.db.add_index(doctype, ["legal_entity", "posted_at"], "entity_posted")
	frappe.db.add_index(doctype, ["account", "posting_date"], "account_date")
