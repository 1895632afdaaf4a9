"""What points to a patient, found from the meta of all installed apps (N6, `design.md` §4.14).

Links, Dynamic Links with the column that names their DocType, in forms and in their tables, custom
fields too; and the columns of Frappe's own that are no links: files, versions, queued e-mails.
What a merge never moves: append-only tables, and what the hook `clinic_merge_keep` names.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import frappe
from frappe.model.base_document import get_controller
from pypika import Table
from pypika.terms import Criterion

from clinic_core.foundation.append_only import AppendOnly

PATIENT = "Clinic Patient"
# (DocType, column of the DocType's name, column of the document's name) without a Dynamic Link.
_BARE_PAIRS = (
	("File", "attached_to_doctype", "attached_to_name"),
	("Version", "ref_doctype", "docname"),
	("Email Queue", "reference_doctype", "reference_name"),
	("Document Share Key", "reference_doctype", "reference_docname"),
	("Document Follow", "ref_doctype", "ref_docname"),
)


@dataclass(frozen=True, order=True)
class Reference:
	"""A column that holds names of patients; `type_field` says so row by row, or every row does."""

	doctype: str
	field: str
	type_field: str = ""
	is_table: bool = False

	def holds(self, table: Table, names: Iterable[str]) -> Criterion:
		"""The rows of `table` that point to one of these patients."""
		found = table[self.field].isin(sorted(names))
		return found & (table[self.type_field] == PATIENT) if self.type_field else found


def movable() -> list[Reference]:
	"""The columns a merge moves, in the order of (DocType, field)."""
	kept = keeps()
	return [one for one in everywhere() if one.doctype not in kept]


def staying() -> list[Reference]:
	"""The columns of append-only tables: their rows stay, their readers ask for the whole person."""
	return [one for one in everywhere() if is_append_only(one.doctype)]


def keeps() -> set[str]:
	"""DocTypes whose rows are never moved."""
	named = set(frappe.get_hooks("clinic_merge_keep"))
	return named | {one.doctype for one in everywhere() if is_append_only(one.doctype)}


def is_append_only(doctype: str) -> bool:
	"""Whether rows of a DocType are written once."""
	return issubclass(get_controller(doctype), AppendOnly)


def everywhere() -> list[Reference]:
	"""Every column that may point to a patient. Six queries, once a request."""
	if getattr(frappe.local, "clinic_patient_references", None) is None:
		frappe.local.clinic_patient_references = _read()
	return frappe.local.clinic_patient_references


def forget() -> None:
	"""Read the meta again (tests that add fields)."""
	frappe.local.clinic_patient_references = None


def _read() -> list[Reference]:
	tables, columns = _doctypes_with_tables(), _columns()
	found = {
		Reference(doctype, field, type_field, tables[doctype])
		for doctype, field, type_field in [*_links(), *_dynamic_links(), *_BARE_PAIRS]
		if doctype in tables and {field, type_field or field} <= columns.get(f"tab{doctype}", set())
	}
	return sorted(found)


def _columns() -> dict[str, set[str]]:
	"""The columns that are really there, by table: a field may wait for its migration."""
	schema = frappe.qb.Schema("information_schema").columns
	query = frappe.qb.from_(schema).select(schema.table_name, schema.column_name)
	found: dict[str, set[str]] = {}
	for table, column in query.where(schema.table_schema == frappe.conf.db_name).run():
		found.setdefault(table, set()).add(column)
	return found


def _doctypes_with_tables() -> dict[str, bool]:
	"""DocTypes that keep rows, and whether these are rows of a table."""
	rows = frappe.get_all(
		"DocType",
		{"issingle": 0, "is_virtual": 0},
		["name", "istable"],
		order_by="name asc",
		limit_page_length=0,
	)
	return {row.name: bool(row.istable) for row in rows}


def _links() -> list[tuple[str, str, str]]:
	filters = {"fieldtype": "Link", "options": PATIENT}
	return [(doctype, field, "") for doctype, field, _options in _fields(filters)]


def _dynamic_links() -> list[tuple[str, str, str]]:
	return [
		(doctype, field, options or "") for doctype, field, options in _fields({"fieldtype": "Dynamic Link"})
	]


def _fields(filters: dict[str, str]) -> list[tuple[str, str, str]]:
	found = []
	for source, column in (("DocField", "parent"), ("Custom Field", "dt")):
		found += frappe.get_all(
			source,
			filters,
			[column, "fieldname", "options"],
			as_list=True,
			order_by=f"{column} asc, idx asc",
			limit_page_length=0,
		)
	return found


def columns_of_names() -> dict[tuple[str, str], str]:
	"""By (DocType, link) the column that shows the patient's name beside it, as `patient_name` does."""
	names = {(one.doctype, f"{one.field}_name"): (one.doctype, one.field) for one in everywhere()}
	found = {}
	for doctype, field, _options in _fields({"fieldtype": "Data", "fieldname": ("like", "%\\_name")}):
		if link := names.get((doctype, field)):
			found[link] = field
	return found
