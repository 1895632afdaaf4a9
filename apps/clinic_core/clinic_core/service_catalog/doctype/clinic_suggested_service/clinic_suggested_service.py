from frappe import _

from clinic_core.foundation.coded_master import CodedMaster
from clinic_core.foundation.errors import refuse_input
from clinic_core.service_catalog.suggestions import catalogue


class ClinicSuggestedService(CodedMaster):
	"""A service that clinics know, ready to be taken over (A20, A27); see `service_catalog/suggestions`."""

	code_prefix = "SUG"

	def validate(self) -> None:
		"""Its areas can be read: each is taken over as a row of its own."""
		try:
			catalogue.areas_of(self.areas)
		except ValueError:
			refuse_input(_("Body areas"), _("Write one area a line: English / Persian / minutes."))
