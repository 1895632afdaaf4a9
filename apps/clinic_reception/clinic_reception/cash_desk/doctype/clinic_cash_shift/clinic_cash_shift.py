import frappe
from clinic_core.foundation.document import ClinicDocument
from clinic_core.foundation.errors import AppendOnlyError, ForbiddenMoveError
from clinic_core.foundation.state import guard_status
from frappe import _
from frappe.utils import now_datetime

from clinic_reception.cash_desk.states import SHIFT


class ClinicCashShift(ClinicDocument):
	"""Opened and closed by `cash_desk/shifts.py`; its figures are not typed by hand."""

	def before_insert(self) -> None:
		self.status = "Open"
		self.opened_at = now_datetime()
		self.closed_at = self.reason = self.difference = None
		self.counts = []
		self.open_desk, self.open_cashier = self.desk, self.cashier

	def validate(self) -> None:
		old, new = guard_status(self, SHIFT)
		if old and not self.flags.closing:
			frappe.throw(
				_("A shift changes only by being closed with a count."),
				ForbiddenMoveError if old != new else AppendOnlyError,
			)

	def on_trash(self) -> None:
		frappe.throw(_("{0} is never deleted.").format(_(self.doctype)), AppendOnlyError)
