"""Masters are named by a short code, shown by their title (`design.md` §2, Names)."""

import frappe
from frappe import _

from clinic_core.foundation.counters import next_value
from clinic_core.foundation.digits import to_latin
from clinic_core.foundation.document import ClinicDocument
from clinic_core.foundation.errors import refuse_input

_FORBIDDEN = frozenset("<>\"'&|%\\")


class CodedMaster(ClinicDocument):
	"""A master named by `code`; without one the next `<code_prefix>-0001` is given."""

	code_prefix = "M"

	def autoname(self) -> None:
		"""Name the master by its code. Raises InvalidInputError for signs that break addresses."""
		if not self.code:
			self.code = self._next_code()
		self.code = to_latin(str(self.code)).strip()
		if set(self.code) & _FORBIDDEN:
			refuse_input(_("Code"), _("Use letters, digits, dots and dashes only."))
		self.name = self.code

	def _next_code(self) -> str:
		while True:
			code = f"{self.code_prefix}-{next_value('code:' + self.code_prefix):04d}"
			if not frappe.db.exists(self.doctype, code):
				return code
