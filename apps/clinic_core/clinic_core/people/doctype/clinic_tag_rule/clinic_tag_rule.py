from typing import Any

from clinic_core.foundation.document import ClinicDocument
from clinic_core.people.tags import rule_documents

_STATE = ("status", "last_run_at", "patient_count", "progress_percent", "problem", "cursor")


class ClinicTagRule(ClinicDocument):
	"""Who gets a smart tag (D46). What a run writes here is written by runs alone."""

	def validate(self) -> None:
		self._keep_state()
		rule_documents.check(self)
		if self.status == "Invalid":
			self.status, self.problem = "Never Run", None

	def _keep_state(self) -> None:
		before: Any = self.get_doc_before_save()
		for field in _STATE:
			self.set(field, before.get(field) if before else self.meta.get_field(field).default)
