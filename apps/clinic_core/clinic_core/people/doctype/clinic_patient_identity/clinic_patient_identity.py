import frappe
from frappe import _

from clinic_core.foundation.document import ClinicDocument
from clinic_core.foundation.errors import ForbiddenMoveError
from clinic_core.people.identity import kinds, texts
from clinic_core.people.identity.kinds import Identity


class ClinicPatientIdentity(ClinicDocument):
	"""The real identity number of a patient, which only some may see (E137, F80).

	It has one writer, `identity.numbers`, so that the mask on the patient and the search keys follow it.
	"""

	def validate(self) -> None:
		if not self.flags.by_its_writer:
			frappe.throw(_("Change the identity number in the patient's own form."), ForbiddenMoveError)
		identity = Identity(
			self.kind or "", kinds.plain(self.number), self.country or "", self.no_code_reason or ""
		)
		if code := kinds.problem(identity):
			texts.refuse(code)
		self.number, self.unique_key = identity.number or None, identity.key
		self.country, self.no_code_reason = identity.country or None, identity.no_code_reason or None

	def on_trash(self) -> None:
		frappe.throw(_("Change the identity number in the patient's own form."), ForbiddenMoveError)
