"""When two files cannot be merged, and how that is said (N6)."""

from collections.abc import Mapping
from typing import Any

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import escape_html

from clinic_core.foundation import cached
from clinic_core.foundation.errors import ConflictError, refuse_input
from clinic_core.people import states
from clinic_core.people.merging import choices

PATIENT = "Clinic Patient"
MOST_NAMED = 10


def busy() -> str:
	"""What is said while another transaction holds one of the files."""
	return _(
		"Somebody is working with one of these files right now, money may be changing hands. "
		"Please try again in a moment."
	)


def refuse_same(keep: str, duplicate: str) -> None:
	"""A file is not merged with itself. Raises InvalidInputError."""
	for name, label in ((keep, _("File that is kept")), (duplicate, _("File that was merged"))):
		if not name:
			refuse_input(label, _("Choose a patient."))
	if keep == duplicate:
		refuse_input(_("File that was merged"), _("A file cannot be merged with itself. Choose another one."))


def refuse_merged(keep: Document, duplicate: Document) -> None:
	"""Neither file may be a tombstone already, so no circle can come about. Raises ConflictError."""
	for doc, other in ((keep, duplicate), (duplicate, keep)):
		if doc.status != states.MERGED:
			continue
		if doc.merged_into == other.name:
			frappe.throw(
				_(
					"{0} was merged into {1} already. Undo that first to merge them the other way round."
				).format(shown(doc), shown(other)),
				ConflictError,
			)
		kept = cached.document(PATIENT, doc.merged_into)
		frappe.throw(
			_("{0} was merged into {1} already. Use that file.").format(shown(doc), shown(kept)),
			ConflictError,
		)


def refuse_two_numbers(keep: str, duplicate: str, given: Mapping[str, str]) -> None:
	"""Two identity numbers of one kind are two people, unless somebody says which of them is right."""
	if choices.IDENTITY in given or not frappe.db.table_exists("Clinic Patient Identity"):
		return
	table = frappe.qb.DocType("Clinic Patient Identity")
	rows = (
		frappe.qb.from_(table)
		.select(table.kind, table.number)
		.where(table.name.isin([keep, duplicate]) & table.number.isnotnull() & (table.number != ""))
		.run()
	)
	if len(rows) == 2 and rows[0][0] == rows[1][0] and rows[0][1] != rows[1][1]:
		refuse_input(
			_("National code"),
			_(
				"The two files have different identity numbers, as two people have. Choose which one is right."
			),
		)


def asked_apps(keep: str, duplicate: str) -> list[str]:
	"""What the apps have against it: sentences of the hook `clinic_merge_refusals`."""
	found = []
	for handler in frappe.get_hooks("clinic_merge_refusals"):
		found += frappe.get_attr(handler)(keep=keep, duplicate=duplicate) or []
	return found


def refuse_all(sentences: list[str], title: str) -> None:
	"""One error that names everything that is in the way. Raises ConflictError."""
	if not sentences:
		return
	named = sentences[:MOST_NAMED]
	if more := len(sentences) - len(named):
		named.append(_("… and {0} more").format(more))
	lines = "".join(f"<li>{sentence}</li>" for sentence in named)
	frappe.throw(f"{title}<ul>{lines}</ul>", ConflictError, title=_("Not merged"))


def shown(doc: Any) -> str:
	"""A patient as he is named in a sentence: name and file number."""
	return _("{0} (file {1})").format(escape_html(doc.full_name or doc.name), escape_html(doc.file_no or "–"))
