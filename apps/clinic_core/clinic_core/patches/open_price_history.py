"""Services that are older than the dated prices get their amount as the first of them."""

import frappe
from frappe.utils import getdate

from clinic_core.foundation.money import to_decimal
from clinic_core.service_catalog.dated_prices import prices
from clinic_core.service_catalog.dated_prices.prices import PriceChange

CHUNK = 5000


def execute() -> None:
	"""Write an opening price for each service that has none; again it does nothing."""
	services = frappe.get_all("Clinic Service", fields=["name", "amount", "creation"], order_by="name asc")
	recorded = set(frappe.get_all(prices.DOCTYPE, pluck="service", distinct=True, order_by="service asc"))
	changes = [
		PriceChange(row.name, None, None, to_decimal(row.amount), None, getdate(row.creation))
		for row in services
		if row.name not in recorded
	]
	for start in range(0, len(changes), CHUNK):
		prices.record(changes[start : start + CHUNK], prices.OPENING)
