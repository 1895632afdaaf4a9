from frappe import _

from clinic_core.foundation.coded_master import CodedMaster
from clinic_core.foundation.errors import refuse_input
from clinic_core.people import names, phones


class ClinicReferrer(CodedMaster):
	"""Somebody outside who sends patients: a doctor, a marketer, a beauty salon (D24, E211)."""

	code_prefix = "REF"

	def validate(self) -> None:
		self.referrer_name = names.clean(self.referrer_name)
		if not self.referrer_name:
			refuse_input(_("Name"), _("It must not be empty."))
		if self.mobile:
			self.mobile = phones.normalise(self.mobile, _("Mobile"))
