import frappe

from clinic_core.foundation.document import ClinicDocument


class ClinicSearchKey(ClinicDocument):
	"""One token a document is found by; written by `people.search_keys` only."""


def on_doctype_update() -> None:
	"""Found by what is typed; read and replaced by document, none twice."""
	frappe.db.add_index(
		"Clinic Search Key", ["reference_doctype", "kind", "token", "reference_name"], "clinic_search_typed"
	)
	frappe.db.add_unique(
		"Clinic Search Key",
		["reference_name", "reference_doctype", "kind", "token"],
		"clinic_search_document",
	)
