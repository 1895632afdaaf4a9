import frappe
from frappe import _
from frappe.model.document import Document
from frappe.utils import cint, flt

from clinic_core.foundation.document import ClinicDocument
from clinic_core.foundation.errors import refuse_input
from clinic_core.scheduling.policies import penalties

SCOPE = ("service", "practitioner", "department")
MOST_HOURS = 24 * 60


class ClinicCancellationRule(ClinicDocument):
	"""What cancelling late, moving late and not coming cost (F11); `policies/penalties.py` says which decides."""

	def validate(self) -> None:
		for field in SCOPE:
			self.set(field, self.get(field) or None)
		if not self.steps:
			refuse_input(_("Steps"), _("Add at least one."))
		seen = set()
		for row in self.steps:
			self._check_step(row)
			what = (row.event, row.within_hours)
			if what in seen:
				refuse_input(_("Steps, row {0}").format(row.idx), _("One of them is listed twice."))
			seen.add(what)
		if self.is_active:
			self._refuse_second()

	def _check_step(self, row: Document) -> None:
		label = _("Steps, row {0}").format(row.idx)
		if row.event == penalties.NO_SHOW:
			row.within_hours = 0
		elif not 0 < cint(row.within_hours) <= MOST_HOURS:
			refuse_input(label, _("The hours must be between {0} and {1}.").format(1, MOST_HOURS))
		if row.kind != penalties.PERCENT:
			row.percent = 0
		elif not 0 < flt(row.percent) <= 100:
			refuse_input(label, _("The percent must be more than 0 and at most 100."))
		if row.kind != penalties.AMOUNT:
			row.amount = 0
		elif flt(row.amount) <= 0:
			refuse_input(label, _("The amount must be more than 0."))

	def _refuse_second(self) -> None:
		"""Two active rules for the same would leave it to chance which one decides."""
		same = {field: self.get(field) or ("is", "not set") for field in SCOPE}
		other = frappe.db.get_value(
			self.doctype, {**same, "is_active": 1, "name": ("!=", self.name or "")}, "title"
		)
		if other:
			refuse_input(
				_("What it is for"), _("“{0}” is an active rule for the same. Change that one.").format(other)
			)


def on_doctype_update() -> None:
	"""Every cancellation reads the active rules."""
	frappe.db.add_index("Clinic Cancellation Rule", ["is_active"], "is_active")
