"""Takes a merge back: restores exactly what moved, unless something new happened since (N6)."""

from typing import Any

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import now_datetime

from clinic_core.foundation.errors import ConflictError
from clinic_core.foundation.locks import lock_rows_soon
from clinic_core.foundation.shown_days import shown_moment
from clinic_core.people.merging import identities, merge, refusals, since
from clinic_core.people.merging.journal import (
	CHANGED,
	DOCTYPE,
	IDENTITY,
	MOVED,
	Entry,
	chunks,
	read,
	set_column,
	set_values,
)
from clinic_core.people.merging.since import Since

PATIENT = "Clinic Patient"
_UNIQUE = frozenset({"file_no"})


class MovedOnError(ConflictError):
	"""Something happened since the merge; the response carries `since`, and whether `partial` would do."""


def undo(name: str, reason: str | None = None, partial: bool = False) -> dict[str, Any]:
	"""Undo a merge: {merge, restored, left}. With `partial` what changed since goes back as it is now.

	Raises ConflictError when it is undone already or a later merge comes first, MovedOnError naming
	what happened since.
	"""
	doc = frappe.get_doc(DOCTYPE, name)
	lock_rows_soon([(PATIENT, doc.kept), (PATIENT, doc.duplicate)], refusals.busy())
	doc = frappe.get_doc(DOCTYPE, name, for_update=True)
	_refuse(doc)
	entries = read(doc)
	happened = since.look(doc, entries)
	_refuse_what_happened(doc, happened, partial)
	restored = _restore(doc, entries, happened)
	left = "\n".join(happened.sentences())
	doc.flags.by_merging = True
	doc.flags.ignore_links = True
	doc.update(
		{
			"status": "Undone",
			"undone_by": frappe.session.user,
			"undone_at": now_datetime(),
			"undo_reason": (reason or "").strip() or None,
			"left_as_is": left or None,
		}
	)
	doc.save(ignore_permissions=True)
	merge.tell(
		doc, {entry.doctype: entry.rows[0][0] for entry in entries if entry.kind == MOVED}, undone=True
	)
	return {"merge": doc.name, "restored": restored, "left": left.splitlines()}


def _refuse(doc: Document) -> None:
	if doc.status != "Done":
		frappe.throw(_("This merge is undone already."), ConflictError)
	table = frappe.qb.DocType(DOCTYPE)
	both = [doc.kept, doc.duplicate]
	later = (
		frappe.qb.from_(table)
		.select(table.name, table.kept_name, table.duplicate_name, table.merged_at)
		.where((table.status == "Done") & (table.merged_at > doc.merged_at))
		.where(table.kept.isin(both) | table.duplicate.isin(both))
		.orderby(table.merged_at, order=frappe.qb.desc)
		.limit(1)
		.run(as_dict=True)
	)
	if later:
		frappe.throw(
			_("First undo the later merge of {0} into {1} of {2}.").format(
				frappe.utils.escape_html(later[0].duplicate_name or ""),
				frappe.utils.escape_html(later[0].kept_name or ""),
				shown_moment(later[0].merged_at),
			),
			ConflictError,
		)


def _refuse_what_happened(doc: Document, happened: Since, partial: bool) -> None:
	apart = []
	for handler in frappe.get_hooks("clinic_undo_merge_refusals"):
		apart += (
			frappe.get_attr(handler)(kept=doc.kept, duplicate=doc.duplicate, merged_at=doc.merged_at) or []
		)
	sentences = [*apart, *happened.sentences()]
	never = bool(apart or happened.written)
	if not sentences or (partial and not never):
		return
	frappe.local.response["since"] = sentences
	frappe.local.response["partial"] = int(not never)
	named = sentences[: refusals.MOST_NAMED]
	if more := len(sentences) - len(named):
		named.append(_("… and {0} more").format(more))
	help_ = (
		_("Undo these first; a merge is not undone over them.")
		if never
		else _(
			"A manager can undo the rest: these go back as they are now, changed details of the person stay."
		)
	)
	lines = "".join(f"<li>{sentence}</li>" for sentence in named)
	text = _("Since the merge something new has happened:")
	frappe.throw(f"{text}<ul>{lines}</ul>{help_}", MovedOnError, title=_("Not undone"))


def _restore(doc: Document, entries: list[Entry], happened: Since) -> int:
	"""Everything back, the last change first. Returns how many documents went back."""
	restored = 0
	_free_unique(entries, happened)
	for entry in reversed(entries):
		if entry.kind == MOVED:
			restored += _move_back(entry)
		elif entry.kind == CHANGED:
			_change_back(entry, happened)
		elif entry.kind == IDENTITY:
			identities.give_back(entry.field, entry.rows[0])
	for one, names in happened.new.items():
		set_column(one.doctype, one.field, names, doc.duplicate)
		restored += len(names)
	return restored


def _move_back(entry: Entry) -> int:
	table = frappe.qb.DocType(entry.doctype)
	names = [row[0] for row in entry.rows]
	for some in chunks(names):
		(
			frappe.qb.update(table)
			.set(table[entry.field], entry.old)
			.where(table.name.isin(some) & (table[entry.field] == entry.new))
			.run()
		)
	return len(names)


def _free_unique(entries: list[Entry], happened: Since) -> None:
	"""Numbers that change places are taken from both first."""
	for entry in entries:
		if entry.kind == CHANGED and entry.field in _UNIQUE:
			for name, _old, _new in entry.rows:
				if (entry.doctype, name, entry.field) not in happened.values:
					set_values(entry.doctype, name, {entry.field: None})


def _change_back(entry: Entry, happened: Since) -> None:
	by_value: dict[Any, list[str]] = {}
	for name, old, _new in entry.rows:
		if (entry.doctype, name, entry.field) not in happened.values:
			by_value.setdefault(old, []).append(name)
	for old, names in by_value.items():
		set_column(entry.doctype, entry.field, names, old)
