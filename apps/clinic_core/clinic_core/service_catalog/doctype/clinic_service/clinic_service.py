import frappe
from frappe import _

from clinic_core.foundation.coded_master import CodedMaster
from clinic_core.foundation.digits import to_latin
from clinic_core.foundation.errors import refuse_input
from clinic_core.service_catalog import checks


class ClinicService(CodedMaster):
	"""A service the clinic sells (A01–A92); without a code the next `SRV-` number is given."""

	code_prefix = "SRV"

	def validate(self) -> None:
		for problem in checks.problems(self.as_dict()):
			refuse_input(_(self.meta.get_label(problem.field)), _sentence(problem.code))
		self._validate_barcode()

	def _validate_barcode(self) -> None:
		"""One barcode, one service (A73): the scanner must not have to ask."""
		self.barcode = to_latin(self.barcode or "").strip() or None
		if not self.barcode:
			return
		other = frappe.db.get_value(
			self.doctype, {"barcode": self.barcode, "name": ("!=", self.name)}, "service_name"
		)
		if other:
			refuse_input(_("Barcode"), _("The service “{0}” already has it.").format(other))


def _sentence(code: str) -> str:
	if code == checks.PERCENT:
		return _("It must be between 0 and 100.")
	if code == checks.POSITIVE:
		return _("It must be more than 0.")
	if code == checks.ON_GRID:
		return _("It must be a multiple of {0} minutes.").format(checks.GRID_MINUTES)
	return _("It must not be negative.")


def on_doctype_update() -> None:
	"""The picker's list, in the manager's order."""
	frappe.db.add_index("Clinic Service", ["status", "priority"], "clinic_service_order")
