"""Asks gateways about payments whose end nobody knows, every five minutes. Safe to run twice."""

import frappe

from clinic_core.online_booking.payments import paying


def ask_again() -> None:
	"""Each payment by itself: one gateway that does not answer holds up no other."""
	for payment in paying.to_ask():
		try:
			paying.ask(payment)
		except Exception:
			frappe.log_error(title="Clinic: an online payment could not be settled")
