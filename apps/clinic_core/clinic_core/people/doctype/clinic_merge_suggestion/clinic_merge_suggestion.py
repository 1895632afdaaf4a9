import frappe
from frappe import _

from clinic_core.foundation.document import ClinicDocument
from clinic_core.foundation.errors import AppendOnlyError, refuse_input
from clinic_core.people.merging import verdicts


class ClinicMergeSuggestion(ClinicDocument):
	"""Two files that may be one person's; once per pair, and a “not the same” is for good (D43, F66)."""

	def validate(self) -> None:
		if not self.patient or not self.other:
			refuse_input(_("Patient"), _("Name both files."))
		if self.patient == self.other:
			refuse_input(_("Other file"), _("This is the same file."))
		self.patient, self.other = sorted((self.patient, self.other))
		verdicts.guard(self)

	def on_trash(self) -> None:
		frappe.throw(_("{0} is never deleted.").format(_(self.doctype)), AppendOnlyError)


def on_doctype_update() -> None:
	"""A pair once; the open ones by score; those of a file."""
	frappe.db.add_unique("Clinic Merge Suggestion", ["patient", "other"], "clinic_merge_pair")
	frappe.db.add_index("Clinic Merge Suggestion", ["status", "score"], "clinic_merge_open")
