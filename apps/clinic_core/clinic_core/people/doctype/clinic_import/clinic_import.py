import frappe
from frappe import _

from clinic_core.foundation.document import ClinicDocument
from clinic_core.foundation.errors import ForbiddenMoveError


class ClinicImport(ClinicDocument):
	"""One file of records brought in (E037, G13). Written by `people/importing` only."""

	def validate(self) -> None:
		if not self.flags.by_importing:
			frappe.throw(_("Imports are made on the page “Import”."), ForbiddenMoveError)

	def on_trash(self) -> None:
		frappe.throw(_("Imports are kept: they say where records come from."), ForbiddenMoveError)


def on_doctype_update() -> None:
	"""The page's list; the one that is at work of a kind."""
	frappe.db.add_index("Clinic Import", ["kind", "status"], "clinic_import_kind_status")
	frappe.db.add_index("Clinic Import", ["is_go_live", "kind"], "clinic_import_go_live")
