import frappe
from frappe import _

from clinic_core.foundation.document import ClinicDocument
from clinic_core.foundation.errors import refuse_input
from clinic_core.scheduling import recall_rules


class ClinicRecallRule(ClinicDocument):
	"""When patients of a service are called again (A30); what acts on it comes with recalls."""

	def validate(self) -> None:
		if self.trigger == recall_rules.CALENDAR:
			self.after_days = 0
		else:
			self.first_on = None
		is_course = frappe.db.get_value("Clinic Service", self.service, "is_session_based")
		for problem in recall_rules.problems(self.as_dict(), bool(is_course)):
			refuse_input(_(self.meta.get_label(problem.field)), _sentence(problem.code))
		self._validate_unique()

	def _validate_unique(self) -> None:
		"""One active rule for a service and a trigger: else patients are called twice."""
		if not self.is_active:
			return
		same = {"service": self.service, "trigger": self.trigger, "is_active": 1, "name": ("!=", self.name)}
		if frappe.db.exists(self.doctype, same):
			refuse_input(
				_("Service"), _("There is already an active rule for this service with the same beginning.")
			)


def _sentence(code: str) -> str:
	sentences = {
		recall_rules.MISSING: _("It must not be empty."),
		recall_rules.NOT_POSITIVE: _("It must be more than 0."),
		recall_rules.TOO_MANY_DAYS: _("It must not be more than {0} days.").format(recall_rules.MOST_DAYS),
		recall_rules.TOO_MANY_TIMES: _("It must not be more than {0}.").format(recall_rules.MOST_REMINDERS),
		recall_rules.NEEDS_COURSE: _("Only a service in sessions has the end of a course."),
	}
	return sentences[code]


def on_doctype_update() -> None:
	"""The nightly search for who is to be called goes by active rules of a service."""
	frappe.db.add_index("Clinic Recall Rule", ["service", "is_active"], "clinic_recall_rule_service")
