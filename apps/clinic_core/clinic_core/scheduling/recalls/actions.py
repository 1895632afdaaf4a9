"""What somebody does with a recall: called, reached or not, and what comes next (F50). Permission-free."""

import datetime
from typing import Any

import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import cint, getdate

from clinic_core.foundation.errors import ForbiddenMoveError, refuse_input
from clinic_core.foundation.state import as_system
from clinic_core.scheduling.recalls import states
from clinic_core.scheduling.recalls.candidates import RECALL, RULE
from clinic_core.scheduling.recalls.due import next_call


def record(
	recall: str, outcome: str, next_on: datetime.date | None = None, note: str | None = None
) -> Document:
	"""Record what a call came to; the next one is planned by the rule unless a day was agreed.

	Raises InvalidInputError for an unknown outcome or a day that has passed, ForbiddenMoveError when there is
	nothing to follow any more.
	"""
	doc = _locked(recall)
	if outcome not in states.OUTCOMES:
		choices = ", ".join(_(one) for one in states.OUTCOMES)
		refuse_input(_("Outcome"), _("Choose one of: {0}").format(choices))
	if next_on and next_on < getdate():
		refuse_input(_("Next step on"), _("This day is over. Choose today or later."))
	if doc.status not in states.TO_FOLLOW:
		frappe.throw(_("This recall is closed: {0}.").format(_(doc.status)), ForbiddenMoveError)
	doc.outcome = outcome
	doc.status = states.OUTCOMES[outcome]
	if note:
		doc.note = note.strip()
	doc.flags.attempt = True
	doc.next_on = None
	if doc.status in states.TO_FOLLOW:
		doc.next_on = next_call(cint(doc.attempts) + 1, *_limits(doc), getdate(), next_on)
		if not doc.next_on and outcome == states.REACHED:
			doc.status = states.DONE
	return doc.save(ignore_permissions=True)


def finish(recall: str, *, declined: bool = False) -> Document | None:
	"""The CRM's task of a recall is done: nobody calls again (C083). None when nobody has to any more."""
	doc = _locked(recall)
	if doc.status not in states.TO_FOLLOW:
		return None
	doc.outcome = states.DECLINED if declined else states.REACHED
	doc.status = states.DECLINED if declined else states.DONE
	doc.flags.attempt = True
	doc.next_on = None
	with as_system():
		return doc.save(ignore_permissions=True)


def reopen(recall: str) -> Document:
	"""A mis-click: somebody follows it again, today."""
	doc = _locked(recall)
	if doc.status not in (states.DECLINED, states.DONE):
		frappe.throw(_("This recall is open already."), ForbiddenMoveError)
	doc.status, doc.next_on = states.CONTACTED, getdate()
	return doc.save(ignore_permissions=True)


def _limits(doc: Any) -> tuple[int, int]:
	"""How often and after how many days again, by the rule as it is now."""
	if not doc.recall_rule:
		return 1, 0
	most, again = frappe.db.get_value(RULE, doc.recall_rule, ["max_reminders", "repeat_every_days"]) or (1, 0)
	return cint(most), cint(again)


def _locked(recall: str) -> Document:
	if not frappe.db.exists(RECALL, recall):
		frappe.throw(_("{0} {1} not found").format(_(RECALL), recall), frappe.DoesNotExistError)
	return frappe.get_doc(RECALL, recall, for_update=True)
