from frappe import _

from clinic_core.foundation.coded_master import CodedMaster
from clinic_core.foundation.errors import refuse_input

LEAST_CHOICES = 2


class ClinicPatientQuestion(CodedMaster):
	"""A question the clinic asks its patients (E211)."""

	code_prefix = "Q"

	def validate(self) -> None:
		if self.kind != "Choice":
			self.options = None
			return
		choices = list(dict.fromkeys(self.choices()))
		if len(choices) < LEAST_CHOICES:
			refuse_input(_("Choices"), _("Write at least two, one in each line."))
		self.options = "\n".join(choices)

	def choices(self) -> list[str]:
		"""What may be answered to a question with choices."""
		return [line.strip() for line in (self.options or "").splitlines() if line.strip()]
