import frappe
from frappe import _

from clinic_core.foundation.append_only import AppendOnly
from clinic_core.foundation.errors import AppendOnlyError


class ClinicServicePrice(AppendOnly):
	"""A price from a day on. Written by `prices.record` only; refused at every other door."""

	def before_insert(self) -> None:
		frappe.throw(
			_(
				"Prices are written by services, contracts and price updates only. Change one of these instead."
			),
			AppendOnlyError,
		)

	def before_rename(self, *_args: object) -> None:
		frappe.throw(
			_("{0} is never changed. Record a correction instead.").format(_(self.doctype)), AppendOnlyError
		)


def on_doctype_update() -> None:
	"""The price of a service on a day, of the service or by contract; what a price update took back."""
	frappe.db.add_index(
		"Clinic Service Price", ["service", "contract", "area", "valid_from"], "service_price_on"
	)
	frappe.db.add_index("Clinic Service Price", ["price_update", "service"], "price_update_service")
