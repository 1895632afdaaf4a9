import frappe
from frappe import _

from clinic_core.foundation.document import ClinicDocument
from clinic_core.foundation.errors import ForbiddenMoveError


class ClinicImportRow(ClinicDocument):
	"""What became of one row of an import. Written by `people/importing/outcomes.py` only."""

	def validate(self) -> None:
		frappe.throw(_("Imports are made on the page “Import”."), ForbiddenMoveError)

	def on_trash(self) -> None:
		frappe.throw(_("Imports are kept: they say where records come from."), ForbiddenMoveError)


def on_doctype_update() -> None:
	"""Each row of a file is settled once, whoever tries; rows by outcome in their order."""
	frappe.db.add_unique("Clinic Import Row", ["clinic_import", "row_no"], "clinic_import_row_once")
	frappe.db.add_index(
		"Clinic Import Row", ["clinic_import", "outcome", "row_no"], "clinic_import_row_outcome"
	)
