"""A cashier's shift at a desk: float, count by method, difference with a reason (F21).

One open shift per desk and per cashier: two unique keys are the last word. No payment outside an
open shift. Permission-free; amounts in stored units.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import frappe
from clinic_core.foundation import cached, settings
from clinic_core.foundation.counters import next_number
from clinic_core.foundation.document import write_late
from clinic_core.foundation.errors import ConflictError, InvalidInputError, refuse_input
from clinic_core.foundation.live import changed
from clinic_core.foundation.locks import lock_rows
from clinic_core.foundation.money import to_decimal
from clinic_core.foundation.state import as_system
from frappe import _
from frappe.model.document import Document
from frappe.query_builder.functions import Sum
from frappe.utils import now_datetime

from clinic_reception.cash_desk import jobs, receipts
from clinic_reception.cash_desk.allocation import count_differences
from clinic_reception.cash_desk.posting import DOCTYPE as LEDGER

DOCTYPE = "Clinic Cash Shift"
TILL_ACCOUNTS = ("Cash", "Bank", "Cheques")


def open_shift(desk: str, opening_float: Decimal) -> Document:
	"""Open a shift of the session's user at `desk` with `opening_float` in the drawer.

	Raises ConflictError if the desk or the cashier has an open shift, InvalidInputError.
	"""
	if opening_float < 0:
		refuse_input(_("Opening float"), _("It must not be negative."))
	lock_rows([("Clinic Cash Desk", desk)])
	row = cached.document("Clinic Cash Desk", desk)
	if not row.is_active:
		refuse_input(_("Cash desk"), _("This cash desk is not active."))
	_refuse_second_shift(desk)
	shift = frappe.get_doc(
		{
			"doctype": DOCTYPE,
			"desk": desk,
			"branch": row.branch,
			"cashier": frappe.session.user,
			"opening_float": float(opening_float),
		}
	)
	try:
		shift.insert(ignore_permissions=True)
	except frappe.UniqueValidationError:
		frappe.throw(_("You already have an open shift at another desk."), ConflictError)
	write_late(shift, shift_no=next_number("shift", row.branch))
	changed(DOCTYPE, shift.name)
	return shift


def _refuse_second_shift(desk: str) -> None:
	other = frappe.db.get_value(
		DOCTYPE, {"open_desk": desk}, ["shift_no", "cashier"], as_dict=True, for_update=True
	)
	if other:
		frappe.throw(
			_("This desk already has the open shift {0} of {1}. Close it first.").format(
				other.shift_no, other.cashier
			),
			ConflictError,
		)
	own = frappe.db.get_value(
		DOCTYPE, {"open_cashier": frappe.session.user}, ["shift_no", "desk"], as_dict=True, for_update=True
	)
	if own:
		frappe.throw(
			_("You already have the open shift {0} at {1}. Close it first.").format(own.shift_no, own.desk),
			ConflictError,
		)


def close_shift(shift: str, counted: Mapping[str, Decimal], reason: str | None = None) -> dict[str, Any]:
	"""Close a shift with what was counted per method; returns {shift, expected, difference, differences}.

	A difference needs a reason. Everything up to here is sealed right after the commit.
	Raises InvalidInputError naming the method that was not counted, or asking for the reason.
	"""
	doc = frappe.get_doc(DOCTYPE, shift, for_update=True)
	if doc.status != "Open":
		frappe.throw(_("This shift is already closed."), ConflictError)
	_check_counted(counted)
	expected = expected_of(shift, doc.opening_float, lock=True)
	differences, missing = count_differences(expected, counted)
	if missing:
		refuse_input(_("Counted"), _("Count {0} too.").format(", ".join(missing)))
	difference = sum(differences.values(), Decimal(0))
	if any(differences.values()) and not (reason or "").strip():
		refuse_input(
			_("Reason of the difference"),
			_("What was counted differs from what is expected by {0}. Say why.").format(
				receipts.shown_money(difference, frappe.local.lang)
			),
		)
	_close(doc, expected, counted, differences, reason)
	jobs.seal_after_commit(legal_entity_of(doc.desk, doc.branch))
	return {
		"shift": doc.name,
		"expected": {m: float(a) for m, a in expected.items()},
		"difference": float(difference),
		"differences": {m: float(a) for m, a in differences.items()},
	}


def _check_counted(counted: Mapping[str, Decimal]) -> None:
	known = set(frappe.get_all("Clinic Payment Method", pluck="name"))
	for method, amount in counted.items():
		if method not in known:
			refuse_input(
				_("Counted"), _("There is no payment method {0}.").format(frappe.utils.escape_html(method))
			)
		if amount < 0:
			refuse_input(_("Counted"), _("It must not be negative."))


def _close(
	doc: Document,
	expected: Mapping[str, Decimal],
	counted: Mapping[str, Decimal],
	differences: Mapping[str, Decimal],
	reason: str | None,
) -> None:
	doc.set("counts", [])
	for method, difference in differences.items():
		doc.append(
			"counts",
			{
				"method": method,
				"expected": float(expected.get(method, 0)),
				"counted": float(counted.get(method, 0)),
				"difference": float(difference),
			},
		)
	doc.update(
		{
			"status": "Closed",
			"closed_at": now_datetime(),
			"difference": float(sum(differences.values(), Decimal(0))),
			"reason": (reason or "").strip() or None,
			"open_desk": None,
			"open_cashier": None,
		}
	)
	doc.flags.closing = True
	with as_system():
		doc.save(ignore_permissions=True)
	changed(DOCTYPE, doc.name)


def expected_of(shift: str, opening_float: float | Decimal, lock: bool = False) -> dict[str, Decimal]:
	"""What should be there per method: the ledger of this shift, plus the float in cash."""
	table = frappe.qb.DocType(LEDGER)
	query = (
		frappe.qb.from_(table)
		.select(table.method, Sum(table.amount))
		.where((table.shift == shift) & table.account.isin(TILL_ACCOUNTS))
		.groupby(table.method)
		.orderby(table.method)
	)
	expected = {m: to_decimal(a) for m, a in (query.for_update() if lock else query).run()}
	if opening_float and (cash := cash_method()):
		expected[cash] = expected.get(cash, Decimal(0)) + to_decimal(opening_float)
	return expected


def cash_method() -> str | None:
	"""The method the drawer's cash is counted under: the first active one of kind Cash."""
	found = frappe.get_all(
		"Clinic Payment Method",
		filters={"kind": "Cash", "is_active": 1},
		pluck="name",
		order_by="priority asc, name asc",
		limit=1,
	)
	return found[0] if found else None


def own_open_shift(user: str | None = None) -> str | None:
	"""The open shift of a cashier (the session's user), if any."""
	return frappe.db.get_value(DOCTYPE, {"open_cashier": user or frappe.session.user}, "name")


def require_own_open_shift() -> str:
	"""The session user's open shift. Raises InvalidInputError saying to open one."""
	shift = own_open_shift()
	if not shift:
		frappe.throw(_("You have no open shift. Open your shift at a cash desk first."), InvalidInputError)
	return shift


def lock_open(shift: str, any_cashier: bool = False) -> Any:
	"""Lock a shift that money is about to move in; returns its desk, branch and cashier.

	Raises InvalidInputError if it is closed or another cashier's.
	"""
	row = frappe.db.get_value(
		DOCTYPE, shift, ["name", "status", "desk", "branch", "cashier"], as_dict=True, for_update=True
	)
	if not row:
		frappe.throw(_("{0} {1} not found").format(_(DOCTYPE), shift), frappe.DoesNotExistError)
	if row.status != "Open":
		frappe.throw(_("This shift is closed: no money moves in it any more."), InvalidInputError)
	if not any_cashier and row.cashier != frappe.session.user and frappe.session.user != "Administrator":
		frappe.throw(_("This is the shift of {0}. Use your own.").format(row.cashier), InvalidInputError)
	return row


def legal_entity_of(desk: str | None, branch: str | None) -> str | None:
	"""In whose books a desk's money goes: the desk's entity, its branch's, or the default."""
	known = (cached.find("Clinic Cash Desk", desk), cached.find("Clinic Branch", branch))
	own = next((doc.legal_entity for doc in known if doc and doc.legal_entity), None)
	return own or settings.get("default_legal_entity")
