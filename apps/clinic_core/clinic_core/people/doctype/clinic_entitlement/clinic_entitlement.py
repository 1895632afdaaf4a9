import frappe
from frappe import _

from clinic_core.foundation.document import ClinicDocument
from clinic_core.foundation.errors import ForbiddenMoveError


class ClinicEntitlement(ClinicDocument):
	"""A right to units of a service; granted by a sale, its status follows its entries."""

	def validate(self) -> None:
		if not self.flags.by_entitlements:
			frappe.throw(
				_("Entitlements come from a sale and are used by sessions; they are not edited by hand."),
				ForbiddenMoveError,
			)

	def on_trash(self) -> None:
		frappe.throw(_("{0} is never deleted.").format(_(self.doctype)), ForbiddenMoveError)
