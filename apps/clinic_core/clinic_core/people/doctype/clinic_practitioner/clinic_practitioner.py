import frappe
from frappe import _

from clinic_core.foundation.coded_master import CodedMaster
from clinic_core.foundation.errors import refuse_input
from clinic_core.people.names import clean
from clinic_core.service_catalog.definition.checks import GRID_MINUTES

RANGES = {
	"min_notice_hours": 24 * 60,
	"horizon_days": 1100,
	"max_per_day": 500,
	"cancel_window_hours": 24 * 60,
	"late_cancel_percent": 100,
}


class ClinicPractitioner(CodedMaster):
	"""Somebody who gives services; without a code the next `DR-` number is given."""

	code_prefix = "DR"

	def validate(self) -> None:
		self.practitioner_name = clean(self.practitioner_name)
		if (self.overflow_seats or 0) < 0:
			refuse_input(_("Squeeze-ins per slot"), _("It must not be negative."))
		self._validate_user()
		self._validate_services()
		self._validate_rules()
		self._validate_places()

	def _validate_user(self) -> None:
		"""One login is one practitioner: “my appointments” must have one answer."""
		self.user = self.user or None
		if not self.user:
			return
		other = frappe.db.get_value(
			self.doctype, {"user": self.user, "name": ("!=", self.name or "")}, "practitioner_name"
		)
		if other:
			refuse_input(_("User"), _("{0} already has this login.").format(other))

	def _validate_rules(self) -> None:
		for field, most in RANGES.items():
			if not 0 <= (self.get(field) or 0) <= most:
				refuse_input(
					_(self.meta.get_label(field)), _("It must be between {0} and {1}.").format(0, most)
				)
		if self.late_cancel_kind != "Percent of the price":
			self.late_cancel_percent = 0
		elif not self.late_cancel_percent:
			refuse_input(_("Percent of the price"), _("It must be more than 0."))

	def _validate_places(self) -> None:
		for field, link, main in (
			("branches", "branch", self.branch),
			("departments", "department", self.department),
		):
			values = [row.get(link) for row in self.get(field)]
			if len(values) != len(set(values)) or main in values:
				refuse_input(_(self.meta.get_label(field)), _("One of them is listed twice."))

	def _validate_services(self) -> None:
		seen = set()
		for row in self.services:
			place = _("Services, row {0}").format(row.idx)
			if row.service in seen:
				refuse_input(place, _("The service “{0}” is listed twice.").format(row.service))
			seen.add(row.service)
			duration = row.duration_minutes or 0
			if duration < 0 or duration % GRID_MINUTES:
				refuse_input(place, _("The duration must be a multiple of {0} minutes.").format(GRID_MINUTES))
			if not 0 <= (row.share_percent or 0) <= 100:
				refuse_input(place, _("The share must be between 0 and 100 percent."))
