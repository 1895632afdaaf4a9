"""Who may do what at the front desk and the cash desk: the one table of this app.

It is asked first in every endpoint. What a role may read or write of a document is said by the
permissions of the DocType as well; both must agree, and neither is widened by the other.
Practitioners and operators see no amounts.
"""

import frappe
from clinic_core.foundation.roles import (
	ACCOUNTANT,
	CASHIER,
	CONSULTANT,
	MANAGER,
	OPERATOR,
	PRACTITIONER,
	RECEPTIONIST,
	SUPERVISOR,
)
from frappe import _

_CHIEFS = frozenset({MANAGER, SUPERVISOR})
_DESK = _CHIEFS | {RECEPTIONIST}
_TILL = _CHIEFS | {CASHIER}
_FLOOR = _DESK | {CASHIER, PRACTITIONER, OPERATOR, CONSULTANT}

MAY: dict[str, frozenset[str]] = {
	# Front desk
	"see_board": _FLOOR | {ACCOUNTANT},
	"receive": _DESK,
	"sell": _DESK | {CONSULTANT},
	"undo_visit": _DESK,
	"cancel_reception": _DESK,
	"move_visit": _FLOOR,
	"triage": _DESK | {CONSULTANT, PRACTITIONER},
	"void_triage": _DESK | {CONSULTANT, PRACTITIONER},
	"void_started_triage": _CHIEFS | {CONSULTANT, PRACTITIONER},
	# Money
	"see_money": _DESK | {CASHIER, CONSULTANT, ACCOUNTANT},
	"see_statement": _DESK | {CASHIER, CONSULTANT, ACCOUNTANT},
	"see_cash_desk": _TILL | {ACCOUNTANT},
	"see_receipt": _DESK | {CASHIER, CONSULTANT, ACCOUNTANT},
	"run_shift": _TILL,
	"close_any_shift": _CHIEFS,
	"take_payment": _TILL,
	"refund": _TILL,
	"undo_payment": _TILL,
	"undo_any_payment": _CHIEFS,
	"waive_penalty": _CHIEFS,
	"see_statistics": _CHIEFS | {ACCOUNTANT},
	"verify_ledger": frozenset({MANAGER, ACCOUNTANT}),
}


def may(action: str, user: str | None = None) -> bool:
	"""Whether the user (the session's) may do `action`."""
	user = user or frappe.session.user
	return user == "Administrator" or bool(MAY[action] & set(frappe.get_roles(user)))


def require(action: str) -> None:
	"""Check first. Raises frappe.PermissionError unless the session's user may do `action`."""
	if not may(action):
		frappe.throw(_("Your role does not allow this."), frappe.PermissionError)
