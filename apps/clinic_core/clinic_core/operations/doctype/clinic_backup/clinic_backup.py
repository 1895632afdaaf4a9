from typing import Any

import frappe

from clinic_core.foundation.document import ClinicDocument
from clinic_core.operations.backup import sentences
from clinic_core.operations.backup.findings import from_dict


class ClinicBackup(ClinicDocument):
	"""One run of the backup: what came of it, where the files are, what was checked (N7)."""

	def onload(self) -> None:
		"""What was checked, in the reader's language."""
		self.set_onload("report", self.report())

	def report(self) -> list[dict[str, Any]]:
		"""[{label, count, ok, findings: [{text, severity}]}], in the order of the checks."""
		checks = [from_dict(one) for one in frappe.parse_json(self.checks or "[]")]
		return [
			{
				"label": sentences.label(one.code),
				"count": one.count,
				"ok": one.ok,
				"findings": [{"text": sentences.say(f), "severity": f.severity} for f in one.findings],
			}
			for one in checks
		]
