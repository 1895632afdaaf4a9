import frappe
from frappe import _

from clinic_core.foundation.document import ClinicDocument
from clinic_core.foundation.errors import AppendOnlyError, ForbiddenMoveError


class ClinicPatientMerge(ClinicDocument):
	"""The journal of a merge of two files, enough to undo it (D43–D45, N6)."""

	def validate(self) -> None:
		if not self.flags.by_merging:
			frappe.throw(
				_("Files are merged with “Merge with another file” of a patient, and undone from there."),
				ForbiddenMoveError,
			)

	def on_trash(self) -> None:
		frappe.throw(_("{0} is never deleted.").format(_(self.doctype)), AppendOnlyError)


def on_doctype_update() -> None:
	"""The merges of a file, the newest first."""
	frappe.db.add_index("Clinic Patient Merge", ["kept", "status", "merged_at"], "clinic_merge_kept")
	frappe.db.add_index("Clinic Patient Merge", ["duplicate", "status"], "clinic_merge_duplicate")
