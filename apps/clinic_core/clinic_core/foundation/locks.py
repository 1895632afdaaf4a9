"""Row locks in one order, so that two commands never wait for each other (`design.md` §4.1, §4.2)."""

import time
from collections import defaultdict
from collections.abc import Iterable

import frappe
from frappe import _
from frappe.utils import escape_html

from clinic_core.foundation import compat
from clinic_core.foundation.errors import ConflictError

PATIENCE_SECONDS = 1.5
PAUSE_SECONDS = 0.15


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


def lock_rows_soon(rows: Iterable[tuple[str, str]], held: str) -> None:
	"""The same, for a command that rather gives up than waits: each row is tried for a moment.

	Raises ConflictError saying `held` (a translated sentence) while another transaction holds a row.
	"""
	until = time.monotonic() + PATIENCE_SECONDS
	for doctype, name in sorted({(doctype, name) for doctype, name in rows if name}):
		while not _locked_at_once(doctype, name):
			if time.monotonic() > until:
				frappe.throw(held, ConflictError)
			time.sleep(PAUSE_SECONDS)


def _locked_at_once(doctype: str, name: str) -> bool:
	try:
		_lock_table_rows(doctype, [name], wait=False)
	except frappe.QueryTimeoutError:
		return False
	return True


def _lock_table_rows(doctype: str, names: list[str], wait: bool = True) -> None:
	table = frappe.qb.DocType(doctype)
	query = (
		frappe.qb.from_(table)
		.select(table.name)
		.where(table.name.isin(names))
		.orderby(table.name)
		.for_update()
	)
	found = (query if wait else compat.without_waiting(query)).run(pluck=True)
	if missing := set(names) - set(found):
		frappe.throw(
			_("{0} {1} not found").format(_(doctype), escape_html(", ".join(sorted(missing)))),
			frappe.DoesNotExistError,
		)
