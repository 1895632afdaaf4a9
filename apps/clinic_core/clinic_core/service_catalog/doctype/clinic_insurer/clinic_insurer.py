import frappe
from frappe import _
from frappe.utils import getdate

from clinic_core.foundation.coded_master import CodedMaster
from clinic_core.foundation.digits import to_latin
from clinic_core.foundation.errors import refuse_input
from clinic_core.service_catalog.price_levels import contract_checks, contract_texts

CONTRACT = "Clinic Service Contract"


class ClinicInsurer(CodedMaster):
	"""Who pays for patients: an insurer, base or supplementary, or a company (A28, G17)."""

	code_prefix = "INS"

	def validate(self) -> None:
		for field in ("national_id", "economic_code", "phone"):
			self.set(field, to_latin(self.get(field) or "").strip() or None)
		if not self.is_new():
			self._keep_contracts_right()

	def _keep_contracts_right(self) -> None:
		"""Contracts still to hold must fit the kind, and end before the insurer becomes inactive."""
		rows = frappe.get_all(
			CONTRACT,
			filters={"insurer": self.name, "is_active": 1},
			fields=["title", "kind", "is_supplementary", "valid_to"],
			order_by="valid_from asc, name asc",
		)
		for row in rows:
			if row.valid_to and row.valid_to < getdate():
				continue
			if not self.is_active:
				refuse_input(
					_("Is active"), _("The contract “{0}” is still active. End it first.").format(row.title)
				)
			code = contract_checks.payer_problem(row.kind, bool(row.is_supplementary), self.kind)
			if code:
				refuse_input(
					_("Kind"),
					_("The contract “{0}” needs the kind as it is.").format(row.title)
					+ " "
					+ contract_texts.sentence(code),
				)
