"""Row locks in one order, so that two commands never wait for each other (`design.md` §4.1, §4.2)."""

from collections import defaultdict
from collections.abc import Iterable

import frappe
from frappe import _
from frappe.utils import escape_html


def lock_rows(rows: Iterable[tuple[str, str]]) -> None:
	"""Lock the given (DocType, name) rows until the end of the transaction.

	Always in the order of (DocType, name), whatever order they are given in. Call it once, first,
	with everything the command will change.
	Raises frappe.DoesNotExistError if a row is missing.
	"""
	wanted: dict[str, set[str]] = defaultdict(set)
	for doctype, name in rows:
		if name:
			wanted[doctype].add(name)
	for doctype in sorted(wanted):
		_lock_table_rows(doctype, sorted(wanted[doctype]))


def _lock_table_rows(doctype: str, names: list[str]) -> None:
	table = frappe.qb.DocType(doctype)
	found = (
		frappe.qb.from_(table)
		.select(table.name)
		.where(table.name.isin(names))
		.orderby(table.name)
		.for_update()
		.run(pluck=True)
	)
	if missing := set(names) - set(found):
		frappe.throw(
			_("{0} {1} not found").format(_(doctype), escape_html(", ".join(sorted(missing)))),
			frappe.DoesNotExistError,
		)
